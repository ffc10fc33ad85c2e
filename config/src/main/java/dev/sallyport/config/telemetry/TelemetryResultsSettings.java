package dev.sallyport.config.telemetry;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is told what a lookup found, in headers. Fields of these names that a caller sends are always dropped.
 *
 * @param toProvider whether the provider is; in the mode enforce only; default no
 * @param toCaller whether the caller is; in the mode observe only if it is known by then; default no
 * @param verdict the header of the outcome; default {@code X-Telemetry-Verdict}
 * @param reasons the header of the provider's reasons; default {@code X-Telemetry-Reasons}
 * @param visitorId the header of the visitor id; default {@code X-Telemetry-Visitor-Id}
 */
public record TelemetryResultsSettings(
        Boolean toProvider, Boolean toCaller, String verdict, String reasons, String visitorId) {
    private static final String KEY = "sallyport.telemetry.results.";
    /** A call without them is another call, and a caller's are always dropped. */
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "idempotency-key",
            "idempotent-replayed",
            "keep-alive",
            "location",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "retry-after",
            "sallyport-rejection",
            "server-timing",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "www-authenticate",
            "x-http-method",
            "x-http-method-override",
            "x-method",
            "x-method-override",
            "x-original-method",
            "x-original-uri",
            "x-original-url",
            "x-rewrite-url");

    public TelemetryResultsSettings {
        toProvider = Require.orElse(toProvider, false);
        toCaller = Require.orElse(toCaller, false);
        verdict = Require.fieldName(KEY + "verdict", Require.orElse(verdict, "X-Telemetry-Verdict"));
        reasons = Require.fieldName(KEY + "reasons", Require.orElse(reasons, "X-Telemetry-Reasons"));
        visitorId = Require.fieldName(KEY + "visitor-id", Require.orElse(visitorId, "X-Telemetry-Visitor-Id"));
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (!names.add(dashed(verdict)) || !names.add(dashed(reasons)) || !names.add(dashed(visitorId))) {
            throw new InvalidSetting("sallyport.telemetry.results", "three different headers", names);
        }
        for (String name : List.of(verdict, reasons, visitorId)) {
            if (isTaken(name)) {
                throw new InvalidSetting("sallyport.telemetry.results", "headers that nothing else needs", name);
            }
        }
    }

    /** Some servers cannot tell its underscores from dashes. */
    private static String dashed(String name) {
        return name.replace('_', '-');
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // not given, as the binder says it
    public static TelemetryResultsSettings defaults() {
        return new TelemetryResultsSettings(null, null, null, null, null);
    }

    /** Whether a header has a meaning of its own, or never gets past the edge; an underscore may be read as a dash. */
    static boolean isTaken(String name) {
        String plain = dashed(name).toLowerCase(Locale.ROOT);
        return TAKEN.contains(plain) || plain.startsWith("x-forwarded-");
    }

    /** The names of all three headers. */
    public Set<String> headers() {
        return Set.of(verdict, reasons, visitorId);
    }
}
