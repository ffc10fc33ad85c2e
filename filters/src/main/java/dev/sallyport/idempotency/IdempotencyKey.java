package dev.sallyport.idempotency;

import dev.sallyport.call.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Idempotency-Key}: a string of RFC 9651, 3.3.3, as the draft has it, or the bare key, which many callers
 * send. Both name the same key.
 */
final class IdempotencyKey {
    static final String HEADER = "idempotency-key";
    static final int LONGEST = 255;

    private static final String WITH_UNDERSCORE = "idempotency_key";

    private IdempotencyKey() {}

    /** Whether a caller means to give a key, in a header that would go on as one like any other. */
    static boolean isMisspelt(Headers headers) {
        boolean[] found = new boolean[1];
        headers.forEach((name, value) -> found[0] |= name.equalsIgnoreCase(WITH_UNDERSCORE));
        return found[0];
    }

    /** The key; null if it is not given once, in printable ASCII of 1 to {@value #LONGEST} characters. */
    static @Nullable String in(Headers headers) {
        int[] lines = new int[1];
        headers.forEach((name, value) -> lines[0] += name.equalsIgnoreCase(HEADER) ? 1 : 0);
        @Nullable String value = headers.first(HEADER);
        return lines[0] == 1 && value != null ? read(value.strip()) : null;
    }

    static @Nullable String read(String written) {
        @Nullable String key = written.startsWith("\"") ? quoted(written) : bare(written);
        return key == null || key.isEmpty() || key.length() > LONGEST ? null : key;
    }

    /** What would have a meaning of its own in a list or behind a string is no part of a bare key. */
    private static @Nullable String bare(String written) {
        boolean plain = written.chars().allMatch(each -> each > ' ' && each < 0x7f && "\"\\,;".indexOf(each) < 0);
        return plain ? written : null;
    }

    private static @Nullable String quoted(String written) {
        var key = new StringBuilder(written.length());
        for (int at = 1; at < written.length(); at++) {
            char each = written.charAt(at);
            if (each == '"') {
                return at == written.length() - 1 ? key.toString() : null;
            }
            if (each == '\\') {
                at++;
                each = at < written.length() ? written.charAt(at) : ' ';
                if (each != '"' && each != '\\') {
                    return null;
                }
            }
            if (each < ' ' || each > '~') {
                return null;
            }
            key.append(each);
        }
        return null;
    }
}
