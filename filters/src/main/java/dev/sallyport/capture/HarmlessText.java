package dev.sallyport.capture;

import java.util.regex.Pattern;

/**
 * Whether a text may be written as it is even though the pack calls its member harmless: names and ids look like this, and
 * tokens, addresses and sentences do not. The second net, for values that stand in unexpected places.
 */
final class HarmlessText {
    private static final int LONGEST = 64;

    /** No white space, no "@", no "~". */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:+-]{1," + LONGEST + "}");

    /** Phone numbers, one-time codes, dates, addresses of networks: digits and what stands between them. */
    private static final Pattern DIGITS = Pattern.compile("[0-9.:+-]{5,}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*");

    private HarmlessText() {}

    static boolean is(String text) {
        return WORD.matcher(text).matches() && !DIGITS.matcher(text).matches() && !isJwt(text);
    }

    /** Three parts of base64url, signed or not. */
    static boolean isJwt(String text) {
        return text.length() < 100_000 && JWT.matcher(text).matches();
    }
}
