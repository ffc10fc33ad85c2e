package dev.sallyport.gateway.console.violations;

import dev.sallyport.contract.watch.ContractLedger.Broken;
import dev.sallyport.contract.watch.DriftWatch;
import dev.sallyport.gateway.assembly.ContractObservers;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is told of violations and drift.
 *
 * @param operations all that can be chosen
 * @param rows the latest first, as many as a page can hold
 * @param found how many there are in all
 */
public record ViolationsPage(ViolationFilter filter, List<String> operations, List<Row> rows, int found) {
    private static final int MOST_ROWS = 300;

    /**
     * A place.
     *
     * @param pointer into the contract
     * @param rule the keyword or the rule
     * @param effect what became of the calls
     */
    public record Row(
            String operation, String kind, String door, String pointer, String rule, String effect, Times times) {}

    /** How often and when; 0 where it is the absence that counts. */
    public record Times(long count, Instant first, Instant last) {
        public String firstSeen() {
            return Shown.time(first);
        }

        public String lastSeen() {
            return Shown.time(last);
        }

        public String shown() {
            return count == 0 ? "" : Shown.count(count);
        }
    }

    /** As it is now. */
    public static ViolationsPage of(ConsoleSources.Contracts contracts, ViolationFilter filter) {
        List<String> operations = contracts.serving().get().pack().catalog().contracts().stream()
                .map(contract -> contract.operation().id())
                .sorted()
                .toList();
        List<Row> rows = operations.stream()
                .flatMap(id -> rows(id, contracts.observers()).stream())
                .filter(filter::admits)
                .sorted(Comparator.comparing((Row row) -> row.times().last())
                        .reversed()
                        .thenComparing(Row::pointer))
                .toList();
        return new ViolationsPage(
                filter, operations, rows.stream().limit(MOST_ROWS).toList(), rows.size());
    }

    /** Of one operation. */
    public static List<Row> rows(String operation, ContractObservers observers) {
        List<Row> rows = new ArrayList<>();
        observers.ledger().violations(operation).forEach(broken -> rows.add(row(operation, broken)));
        observers.watches().drift(operation).ifPresent(watch -> {
            watch.novelties().forEach(novelty -> rows.add(row(operation, novelty)));
            watch.unseen().forEach(unseen -> rows.add(row(operation, unseen)));
        });
        return rows;
    }

    private static Row row(String operation, Broken broken) {
        var count = broken.count();
        return new Row(
                operation,
                "violation",
                broken.direction().name().toLowerCase(Locale.ROOT),
                broken.pointer(),
                broken.keyword(),
                broken.refused() ? "refused" : "counted",
                new Times(count.times(), count.first(), count.last()));
    }

    private static Row row(String operation, DriftWatch.Novelty novelty) {
        var count = novelty.count();
        return new Row(
                operation,
                "drift",
                "reply",
                novelty.pointer(),
                "not in the schema",
                "counted",
                new Times(count.times(), count.first(), count.last()));
    }

    private static Row row(String operation, DriftWatch.Unseen unseen) {
        return new Row(
                operation,
                "unseen",
                "reply",
                unseen.pointer(),
                "optional, no longer sent",
                "counted",
                new Times(0, unseen.lastSeen(), unseen.lastSeen()));
    }
}
