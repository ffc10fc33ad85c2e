package dev.sallyport.loadtests.simulations;

import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * What became of calls: how many of each kind of answer, and how long each kind took. Gatling's own figures put refusals and
 * answers together; under load a refusal is quick, and hides what those wait who are answered. Thread-safe.
 */
final class Tally {
    private static final String STATUS = "status";
    private static final String REASON = "reason";
    private static final String MILLIS = "millis";
    private static final int LONGEST_MILLIS = 120_000;
    private static final int DIGITS = 3;

    private final Map<String, Map<String, Histogram>> calls = new ConcurrentSkipListMap<>();

    /** Takes any status for an answer, and notes it. */
    static List<CheckBuilder> noting() {
        return List.of(
                status().in(List.of(200, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504)),
                status().saveAs(STATUS),
                header("Sallyport-Rejection").optional().saveAs(REASON),
                responseTimeInMillis().saveAs(MILLIS));
    }

    /** Counts the call that a virtual user has just made; one without an answer is a kind of its own. */
    Session count(String name, Session user) {
        String kind = "none";
        long millis = 0;
        if (user.contains(STATUS)) {
            String reason = user.contains(REASON) ? " " + user.getString(REASON) : "";
            kind = user.getInt(STATUS) + reason;
            millis = Math.min(user.getInt(MILLIS), LONGEST_MILLIS);
        }
        add(name, kind, millis);
        return user;
    }

    /** Counts a call. */
    void add(String name, String kind, long millis) {
        calls.computeIfAbsent(name, ignored -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(kind, ignored -> new SynchronizedHistogram(LONGEST_MILLIS, DIGITS))
                .recordValue(millis);
    }

    /** Calls of a name with this kind of answer. */
    long count(String name, String kind) {
        Histogram histogram = calls.getOrDefault(name, Map.of()).get(kind);
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** Of all calls of a name. */
    double share(String name, String kind) {
        long all = calls.getOrDefault(name, Map.of()).values().stream()
                .mapToLong(Histogram::getTotalCount)
                .sum();
        return all == 0 ? 0 : (double) count(name, kind) / all;
    }

    /** Milliseconds within which so many percent of the calls of a name had this kind of answer. */
    long percentile(String name, String kind, double percent) {
        Histogram histogram = calls.getOrDefault(name, Map.of()).get(kind);
        return histogram == null ? 0 : histogram.getValueAtPercentile(percent);
    }

    /** All of it, a row for each name and kind. */
    String table() {
        var table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-10s %-34s %8s %7s %7s %7s %7s%n",
                "calls",
                "answer",
                "count",
                "p50",
                "p90",
                "p99",
                "max"));
        calls.forEach((name, kinds) -> kinds.forEach((kind, millis) -> table.append(String.format(
                Locale.ROOT,
                "%-10s %-34s %8d %7d %7d %7d %7d%n",
                name,
                kind,
                millis.getTotalCount(),
                millis.getValueAtPercentile(50),
                millis.getValueAtPercentile(90),
                millis.getValueAtPercentile(99),
                millis.getMaxValue()))));
        return table.toString();
    }
}
