package dev.sallyport.caller;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a caller shows in the header {@code Authorization}, of which nothing is believed yet. Never printed. */
sealed interface Presented {
    /** There is no such header. */
    record None() implements Presented {}

    /** Credentials of a kind that is not taken, or that cannot be read. */
    record Unreadable() implements Presented {}

    /**
     * Basic credentials (RFC 7617).
     *
     * @param user names the project, unless it is empty
     */
    record Basic(String user, String password) implements Presented {
        @Override
        public String toString() {
            return "basic";
        }
    }

    /** A bearer token (RFC 6750). */
    record Bearer(String token) implements Presented {
        @Override
        public String toString() {
            return "bearer";
        }
    }

    /** Of the header's value; null if there is none. */
    static Presented of(@Nullable String authorization) {
        if (authorization == null) {
            return new None();
        }
        String stripped = authorization.strip();
        int space = stripped.indexOf(' ');
        String scheme = space < 0 ? stripped : stripped.substring(0, space);
        String rest = space < 0 ? "" : stripped.substring(space + 1).strip();
        if (rest.isEmpty()) {
            return new Unreadable();
        }
        if (scheme.equalsIgnoreCase("Basic")) {
            return basic(rest);
        }
        return scheme.equalsIgnoreCase("Bearer") ? new Bearer(rest) : new Unreadable();
    }

    private static Presented basic(String encoded) {
        try {
            byte[] decoded = Base64.getDecoder().decode(encoded);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded))
                    .toString();
            int colon = text.indexOf(':');
            return colon < 0 ? new Unreadable() : new Basic(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return new Unreadable();
        }
    }

    /** Whether it names a project by a user name, readable or not. */
    default boolean namesUser() {
        return this instanceof Basic basic && !basic.user().isEmpty();
    }
}
