package dev.sallyport.config.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that is used and never shown: not in a message, a log or an endpoint. Not a record, so that nothing prints it. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** What an operator wrote. */
    public static Secret of(String text) {
        return new Secret(text.strip());
    }

    /** The value itself, for what it is needed for. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(text), bytes(secret.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
