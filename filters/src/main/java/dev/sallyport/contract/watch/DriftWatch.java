package dev.sallyport.contract.watch;

import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Drift;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.contract.schema.SchemaObserver;
import dev.sallyport.json.Pointers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Watches the replies of one operation for what their schema does not say: members it does not name, values it does not
 * list, optional members that are not sent any more. Bounded by the schema and by a number of names: a hostile reply cannot
 * make it grow. Thread-safe, never blocks a reply.
 */
public final class DriftWatch implements SchemaObserver {
    /** Stands for names that are too many, too long or no plain words. */
    static final String OTHER_NAMES = "(other)";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final Operation operation;
    private final DriftSettings settings;
    private final List<SchemaNode> nodes;
    private final ContractEvents events;
    private final InstantSource clock;
    private final AtomicLongArray seen;
    private final Map<String, ConcurrentMap<String, OccurrenceCounter>> unknown = new ConcurrentHashMap<>();
    private final CardinalityLimit names;
    private final Map<String, FieldPresence> presences = new HashMap<>();

    /** An optional field that was there once, and then was not for a while although its object came. */
    public record Unseen(String pointer, Instant lastSeen) {}

    /** Something new: where in the schema, and how often. */
    public record Novelty(String pointer, OccurrenceCounter.Count count) {}

    /**
     * A watch that has seen nothing.
     *
     * @param contract whose replies are watched
     */
    public DriftWatch(Contract contract, DriftSettings settings, ContractEvents events, InstantSource clock) {
        this.operation = contract.operation();
        this.settings = settings;
        this.nodes = contract.metadata().pack().schemas();
        this.events = events;
        this.clock = clock;
        this.names = new CardinalityLimit(settings.mostNames());
        this.seen = new AtomicLongArray(nodes.size());
    }

    /** Cheap when all that was so before. */
    @Override
    public void members(SchemaNode node, long named) {
        long bits = named | SchemaNode.CAME;
        long had = seen.getPlain(node.id);
        if ((had | bits) != had) {
            seen.accumulateAndGet(node.id, bits, (one, other) -> one | other);
        }
    }

    @Override
    public void unknownMember(SchemaNode node, String name) {
        events.drifted(operation, Drift.UNKNOWN_FIELD, node.place + "/properties");
        counter(node.place + "/properties", name).add(clock.instant());
    }

    @Override
    public void unknownValue(SchemaNode node) {
        events.drifted(operation, Drift.UNKNOWN_VALUE, node.place + "/" + SchemaNode.KNOWN_VALUES);
        here(node.place)
                .computeIfAbsent(SchemaNode.KNOWN_VALUES, ignored -> new OccurrenceCounter())
                .add(clock.instant());
    }

    private ConcurrentMap<String, OccurrenceCounter> here(String place) {
        return unknown.computeIfAbsent(place, ignored -> new ConcurrentHashMap<>());
    }

    private OccurrenceCounter counter(String place, String name) {
        ConcurrentMap<String, OccurrenceCounter> here = here(place);
        @Nullable OccurrenceCounter known = here.get(name);
        if (known != null) {
            return known;
        }
        return PLAIN.matcher(name).matches()
                ? names.in(here, name, ignored -> OTHER_NAMES, ignored -> new OccurrenceCounter())
                : here.computeIfAbsent(OTHER_NAMES, ignored -> new OccurrenceCounter());
    }

    /** What was new, by the pointer into the schema where it would stand. */
    public List<Novelty> novelties() {
        List<Novelty> found = new ArrayList<>();
        unknown.forEach((place, here) -> here.forEach(
                (name, counter) -> found.add(new Novelty(place + "/" + Pointers.escaped(name), counter.count()))));
        found.sort(java.util.Comparator.comparing(Novelty::pointer));
        return found;
    }

    /** Optional fields that were there once and then not for as long as the settings say, although their objects came. */
    public synchronized List<Unseen> unseen() {
        Instant now = clock.instant();
        nodes.forEach(node -> noteSeen(node, now));
        return presences.entrySet().stream()
                .filter(entry -> entry.getValue().isMissedFor(settings.unseenAfter()))
                .map(entry -> new Unseen(entry.getKey(), entry.getValue().last()))
                .sorted(java.util.Comparator.comparing(Unseen::pointer))
                .toList();
    }

    /** Reading is what moves the clock on: a field counts as seen, or missed, when the watch is read after its object came. */
    private void noteSeen(SchemaNode node, Instant now) {
        long bits = seen.getAndSet(node.id, 0);
        if (bits != 0) {
            node.members.forEach((name, member) -> {
                if (member.isOptional()) {
                    noteSeen(node.place + "/properties/" + Pointers.escaped(name), (bits & member.bit()) != 0, now);
                }
            });
        }
    }

    private void noteSeen(String pointer, boolean wasThere, Instant now) {
        if (wasThere) {
            presences.put(pointer, FieldPresence.of(now));
        } else {
            presences.computeIfPresent(pointer, (same, presence) -> presence.missed(now));
        }
    }
}
