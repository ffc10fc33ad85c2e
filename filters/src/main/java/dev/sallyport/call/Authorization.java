package dev.sallyport.call;

import java.util.Base64;

/**
 * The header {@code Authorization} as credentials are compared. Of Basic ones (RFC 7617) all spellings are one: the scheme in any
 * case, with space around them, and the base64 with its padding or without.
 */
public final class Authorization {
    private static final String BASIC = "Basic ";

    private Authorization() {}

    /** The one spelling that stands for all. Never printed. */
    public static String canonical(String value) {
        String stripped = value.strip();
        if (!stripped.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return stripped;
        }
        String encoded = stripped.substring(BASIC.length()).strip();
        try {
            return BASIC
                    + Base64.getEncoder().encodeToString(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException unreadable) {
            return BASIC + encoded;
        }
    }
}
