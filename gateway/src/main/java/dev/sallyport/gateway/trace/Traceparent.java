package dev.sallyport.gateway.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a caller says a call belongs to (W3C Trace Context, 3.2).
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param isSampled whether the caller says that it records the trace
 */
record Traceparent(String traceId, String spanId, boolean isSampled) {
    /** Later versions may say more behind a dash. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final String FIRST_VERSION = "00";
    private static final int HEXADECIMAL = 16;

    /** What the field says; null if it says nothing that can be understood. */
    static @Nullable Traceparent parse(@Nullable String field) {
        Matcher form = FORM.matcher(field == null ? "" : field.strip());
        if (!form.matches() || (form.group(5) != null && form.group(1).equals(FIRST_VERSION))) {
            return null;
        }
        boolean isSampled = (Integer.parseInt(form.group(4), HEXADECIMAL) & 1) != 0;
        return new Traceparent(form.group(2), form.group(3), isSampled);
    }

    /** As the field says it. */
    static String of(String traceId, String spanId, boolean isSampled) {
        return FIRST_VERSION + "-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
    }
}
