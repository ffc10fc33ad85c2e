package dev.sallyport.gateway.console.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What one operation's meters had counted by some moment.
 *
 * @param calls all that ended
 * @param providerErrors those that the provider answered with an error
 * @param refusals by reason
 * @param faults calls by the party that has to act, without those that went well
 * @param latencies calls by the time they took
 */
public record Totals(
        long calls, long providerErrors, Map<String, Long> refusals, Map<String, Long> faults, Buckets latencies) {
    /** Of an operation that was not called. */
    public static final Totals NONE = new Totals(0, 0, Map.of(), Map.of(), Buckets.NONE);

    public Totals {
        refusals = Map.copyOf(refusals);
        faults = Map.copyOf(faults);
    }

    /** Calls that were refused. */
    public long refused() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Calls that went wrong through a party. */
    public long fault(String party) {
        return faults.getOrDefault(party, 0L);
    }

    /** What came on top of an earlier reading. */
    public Totals since(Totals earlier) {
        return new Totals(
                calls - earlier.calls,
                providerErrors - earlier.providerErrors,
                since(refusals, earlier.refusals),
                since(faults, earlier.faults),
                latencies.since(earlier.latencies));
    }

    /** Both together. */
    public Totals plus(Totals other) {
        return new Totals(
                calls + other.calls,
                providerErrors + other.providerErrors,
                sum(refusals, other.refusals),
                sum(faults, other.faults),
                latencies.plus(other.latencies));
    }

    private static Map<String, Long> since(Map<String, Long> now, Map<String, Long> then) {
        Map<String, Long> grown = new HashMap<>();
        now.forEach((name, count) -> {
            long more = count - then.getOrDefault(name, 0L);
            if (more > 0) {
                grown.put(name, more);
            }
        });
        return grown;
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new HashMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }

    /** Counts of calls that took at most so long; each bound's count holds those of the bounds below it. */
    public static final class Buckets {
        /** Of nothing. */
        public static final Buckets NONE = new Buckets(new double[0], new double[0]);

        private final double[] bounds;
        private final double[] counts;

        /**
         * Counts, which are handed over.
         *
         * @param bounds in seconds, ascending
         */
        public Buckets(double[] bounds, double[] counts) {
            this.bounds = bounds;
            this.counts = counts;
        }

        Buckets since(Buckets earlier) {
            return earlier.bounds.length != bounds.length ? this : with(earlier, -1);
        }

        Buckets plus(Buckets other) {
            if (bounds.length == 0) {
                return other;
            }
            return other.bounds.length == bounds.length ? with(other, 1) : this;
        }

        private Buckets with(Buckets other, int sign) {
            double[] changed = new double[counts.length];
            Arrays.setAll(changed, bucket -> counts[bucket] + sign * other.counts[bucket]);
            return new Buckets(bounds, changed);
        }

        /** The time in seconds that a share of the calls did not exceed, as Prometheus reckons it; NaN if there were none. */
        public double quantile(double share) {
            int last = bounds.length - 1;
            if (last < 0 || counts[last] <= 0) {
                return Double.NaN;
            }
            double rank = share * counts[last];
            int bucket = 0;
            while (bucket < last && counts[bucket] < rank) {
                bucket++;
            }
            double lower = bucket == 0 ? 0 : bounds[bucket - 1];
            double below = bucket == 0 ? 0 : counts[bucket - 1];
            double within = counts[bucket] - below;
            if (Double.isInfinite(bounds[bucket]) || within <= 0) {
                return lower;
            }
            return lower + (bounds[bucket] - lower) * (rank - below) / within;
        }
    }
}
