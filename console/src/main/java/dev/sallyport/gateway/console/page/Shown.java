package dev.sallyport.gateway.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Times and numbers as people read them. */
public final class Shown {
    private static final String NONE = "–";

    private Shown() {}

    /** To the second, in UTC. */
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** How long ago; in the two largest units. */
    public static String ago(Instant at, Instant now) {
        return duration(Duration.between(at, now)) + " ago";
    }

    /** In the two largest units. */
    public static String duration(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds < 86_400
                ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
                : seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** Calls a second. */
    public static String rate(double perSecond) {
        if (Double.isNaN(perSecond)) {
            return NONE;
        }
        return perSecond != 0 && perSecond < 10
                ? String.format(Locale.ROOT, "%.2f", perSecond)
                : String.format(Locale.ROOT, "%.0f", perSecond);
    }

    /** A part of a whole. */
    public static String share(double part, double whole) {
        return whole > 0 ? String.format(Locale.ROOT, "%.1f %%", 100 * part / whole) : NONE;
    }

    /** A count of a whole one. */
    public static String share(long part, long whole) {
        return share((double) part, (double) whole);
    }

    /** Seconds as milliseconds. */
    public static String millis(double seconds) {
        if (Double.isNaN(seconds)) {
            return NONE;
        }
        double millis = seconds * 1000;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    /** A count, or a gauge that counts something. */
    public static String count(double number) {
        return Double.isNaN(number) ? NONE : String.format(Locale.ROOT, "%,.0f", number);
    }

    /** A count. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Bytes, in the largest unit that leaves a whole number of some length. */
    public static String bytes(double bytes) {
        if (Double.isNaN(bytes)) {
            return NONE;
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.0f KB", bytes / (1 << 10))
                : String.format(Locale.ROOT, "%.0f MB", bytes / (1 << 20));
    }

    /** Part of a URL's query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The points of a small line, 100 wide and 24 high, of values at equal distances. Empty without two values. */
    public static String sparkline(double[] values) {
        if (values.length < 2) {
            return "";
        }
        double most = Math.max(
                1e-9,
                IntStream.range(0, values.length)
                        .mapToDouble(at -> values[at])
                        .max()
                        .orElse(0));
        return IntStream.range(0, values.length)
                .mapToObj(at -> String.format(
                        Locale.ROOT, "%.1f,%.1f", 100.0 * at / (values.length - 1), 23 - 22 * values[at] / most))
                .collect(Collectors.joining(" "));
    }
}
