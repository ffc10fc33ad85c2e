package dev.sallyport.contract;

import dev.sallyport.config.DriftSettings;
import dev.sallyport.contract.ContractEvents.Drift;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;

/**
 * Watches the replies of one operation for what their schema does not say: members it does not name, values it does not
 * list, optional members that are not sent any more. Bounded by the schema and by a number of names: a hostile reply cannot
 * make it grow. Thread-safe, never blocks a reply.
 */
public final class DriftWatch {
    /** Stands for names that are too many, too long or no plain words. */
    static final String OTHER_NAMES = "(other)";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final Operation operation;
    private final DriftSettings settings;
    private final List<SchemaNode> nodes;
    private final ContractEvents events;
    private final InstantSource clock;
    private final AtomicLongArray seen;
    private final Map<String, Map<String, Tally>> unknown = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Map<String, Instant> lastSeen = new HashMap<>();

    /** An optional field that was there once and was not for a while. */
    public record Unseen(String pointer, Instant lastSeen) {}

    /** Something new: where in the schema, and how often. */
    public record Novelty(String pointer, Tally.Count count) {}

    /**
     * A watch that has seen nothing.
     *
     * @param contract whose replies are watched
     */
    public DriftWatch(Contract contract, DriftSettings settings, ContractEvents events, InstantSource clock) {
        this.operation = contract.operation();
        this.settings = settings;
        this.nodes = contract.schemas();
        this.events = events;
        this.clock = clock;
        this.seen = new AtomicLongArray(nodes.size());
    }

    /** An object had these members of those that its schema names. Cheap when they were seen before. */
    void members(SchemaNode node, long bits) {
        long had = seen.getPlain(node.id);
        if ((had | bits) != had) {
            seen.accumulateAndGet(node.id, bits, (one, other) -> one | other);
        }
    }

    /** An object had a member that its schema does not name. */
    void unknownMember(SchemaNode node, String name) {
        events.drifted(operation, Drift.UNKNOWN_FIELD, node.place + "/properties");
        Map<String, Tally> here =
                unknown.computeIfAbsent(node.place + "/properties", place -> new ConcurrentHashMap<>());
        Tally known = here.get(name);
        tally(here, known == null ? kept(name) : name).add(clock.instant());
    }

    /** A text was not among those that its schema lists as known. */
    void unknownValue(SchemaNode node) {
        events.drifted(operation, Drift.UNKNOWN_VALUE, node.place + "/" + SchemaNode.KNOWN_VALUES);
        Map<String, Tally> here = unknown.computeIfAbsent(node.place, place -> new ConcurrentHashMap<>());
        tally(here, SchemaNode.KNOWN_VALUES).add(clock.instant());
    }

    private static Tally tally(Map<String, Tally> here, String name) {
        return here.computeIfAbsent(name, ignored -> new Tally());
    }

    private String kept(String name) {
        boolean room = PLAIN.matcher(name).matches() && names.get() < settings.mostNames();
        return room && names.incrementAndGet() <= settings.mostNames() ? name : OTHER_NAMES;
    }

    /** What was new, by the pointer into the schema where it would stand. */
    public List<Novelty> novelties() {
        List<Novelty> found = new ArrayList<>();
        unknown.forEach((place, here) -> here.forEach(
                (name, tally) -> found.add(new Novelty(place + "/" + Pointers.escaped(name), tally.count()))));
        found.sort(java.util.Comparator.comparing(Novelty::pointer));
        return found;
    }

    /** Optional fields that were there once and have not been for as long as the settings say. */
    public synchronized List<Unseen> unseen() {
        Instant now = clock.instant();
        nodes.forEach(node -> noteSeen(node, now));
        Instant limit = now.minus(settings.unseenAfter());
        return lastSeen.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(limit))
                .map(entry -> new Unseen(entry.getKey(), entry.getValue()))
                .sorted(java.util.Comparator.comparing(Unseen::pointer))
                .toList();
    }

    /** Reading is what moves the clock on: a field counts as seen when somebody looks after it was there. */
    private void noteSeen(SchemaNode node, Instant now) {
        long bits = seen.getAndSet(node.id, 0);
        if (bits != 0) {
            node.members.forEach((name, member) -> {
                if ((bits & member.bit()) != 0) {
                    lastSeen.put(node.place + "/properties/" + Pointers.escaped(name), now);
                }
            });
        }
    }
}
