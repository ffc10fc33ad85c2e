package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Phase;
import dev.sallyport.call.PhaseClock;
import java.util.Locale;

/**
 * Where the time of a call went, as {@code Server-Timing} tells it (W3C Server Timing): milliseconds, each part by name. The
 * writing of the answer is still to come.
 */
final class ServerTiming {
    private ServerTiming() {}

    /** The field's value. */
    static String of(PhaseClock phases) {
        var value = new StringBuilder(160);
        for (Phase phase : Phase.ALL) {
            long nanos = phases.nanos(phase);
            if (nanos != 0) {
                part(value, phase.label(), nanos);
            }
        }
        part(value, "total", phases.total());
        return value.toString();
    }

    private static void part(StringBuilder value, String name, long nanos) {
        value.append(value.isEmpty() ? "" : ", ")
                .append(name)
                .append(";dur=")
                .append(String.format(Locale.ROOT, "%.3f", nanos / 1e6));
    }
}
