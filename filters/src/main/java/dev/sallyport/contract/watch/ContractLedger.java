package dev.sallyport.contract.watch;

import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import dev.sallyport.rejection.Violation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps what operators want to read of each operation: how many documents were checked, and which places of the contract
 * were broken, when first and when last. Bounded over any number of reloads. Thread-safe.
 */
public final class ContractLedger implements ContractEvents {
    /** How many places are kept apart, over all contracts that ever served. Also a measure for counters of the same. */
    public static final int MOST_PLACES = 10_000;

    /** Stands for the places for which there was no room. */
    public static final String OTHER_PLACES = "(other)";

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final CardinalityLimit places = new CardinalityLimit(MOST_PLACES);
    private final InstantSource clock;

    /** The violations at one place of a contract. */
    public record Broken(
            Direction direction, String pointer, String keyword, boolean refused, OccurrenceCounter.Count count) {}

    private record Place(Direction direction, String pointer, String keyword, boolean refused) {
        Place other() {
            return new Place(direction, OTHER_PLACES, OTHER_PLACES, refused);
        }
    }

    private static final class Page {
        private final LongAdder requests = new LongAdder();
        private final LongAdder replies = new LongAdder();
        private final ConcurrentMap<Place, OccurrenceCounter> violations = new ConcurrentHashMap<>();
    }

    /** An empty ledger. */
    public ContractLedger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void checked(Operation operation, Direction direction) {
        Page page = page(operation.id());
        (direction == Direction.REQUEST ? page.requests : page.replies).increment();
    }

    @Override
    public void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused) {
        ConcurrentMap<Place, OccurrenceCounter> tallies = page(operation.id()).violations;
        for (Violation violation : violations) {
            var place = new Place(direction, violation.contractPointer(), violation.keyword(), refused);
            places.in(tallies, place, Place::other, ignored -> new OccurrenceCounter())
                    .add(clock.instant());
        }
    }

    /** How many documents were checked at a door. */
    public long checked(String operation, Direction direction) {
        Page page = page(operation);
        return (direction == Direction.REQUEST ? page.requests : page.replies).sum();
    }

    /** Where an operation's contract was broken, the most frequent place first. */
    public List<Broken> violations(String operation) {
        List<Broken> broken = new ArrayList<>();
        page(operation)
                .violations
                .forEach((place, counter) -> broken.add(new Broken(
                        place.direction(), place.pointer(), place.keyword(), place.refused(), counter.count())));
        broken.sort(
                Comparator.comparingLong((Broken one) -> -one.count().times()).thenComparing(Broken::pointer));
        return broken;
    }

    private Page page(String operation) {
        Page page = pages.get(operation);
        return page != null ? page : pages.computeIfAbsent(operation, ignored -> new Page());
    }
}
