package dev.sallyport.tools.replay;

import dev.sallyport.capture.replay.Replay.Finding;
import dev.sallyport.capture.replay.Replay.Verdict;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.ContractEvents.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a replay found, counted. */
final class ReplaySummary {
    private static final int MOST_UNREADABLE_SHOWN = 100;

    private final Map<String, Calls> operations = new TreeMap<>();
    private final Map<Place, Broken> broken = new LinkedHashMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private long unreadableLines;
    private long undecided;

    /** Calls of an operation. */
    record Calls(long calls, long refused) {
        Calls and(boolean refusedToo) {
            return new Calls(calls + 1, refused + (refusedToo ? 1 : 0));
        }
    }

    /** A place in a contract that calls broke, and whether for that they would be refused or only counted. */
    record Place(String operation, Direction direction, String keyword, String pointer, Mode mode) {}

    /**
     * How often, and where first.
     *
     * @param firstLine from 1
     */
    record Broken(long times, long firstLine) {}

    /** A line that could not be read. */
    record Unreadable(long line, String why) {}

    void call(long line, String operation, Verdict verdict) {
        operations.merge(
                operation, new Calls(1, verdict.isRefused() ? 1 : 0), (before, one) -> before.and(one.refused() > 0));
        undecided += verdict.undecided();
        for (Finding finding : verdict.findings()) {
            var place = new Place(operation, finding.direction(), finding.keyword(), finding.pointer(), finding.mode());
            broken.merge(
                    place, new Broken(1, line), (before, one) -> new Broken(before.times() + 1, before.firstLine()));
        }
    }

    void unreadable(long line, String why) {
        unreadableLines++;
        if (unreadable.size() < MOST_UNREADABLE_SHOWN) {
            unreadable.add(new Unreadable(line, why));
        }
    }

    Map<String, Calls> operations() {
        return operations;
    }

    /** The most frequent first. */
    List<Map.Entry<Place, Broken>> broken() {
        Comparator<Map.Entry<Place, Broken>> often =
                Comparator.comparingLong(each -> -each.getValue().times());
        return broken.entrySet().stream().sorted(often).toList();
    }

    /** The first of them. */
    List<Unreadable> unreadable() {
        return unreadable;
    }

    long unreadableLines() {
        return unreadableLines;
    }

    long calls() {
        return operations.values().stream().mapToLong(Calls::calls).sum();
    }

    long refused() {
        return operations.values().stream().mapToLong(Calls::refused).sum();
    }

    /** Violations that may be due to masking alone. */
    long undecided() {
        return undecided;
    }
}
