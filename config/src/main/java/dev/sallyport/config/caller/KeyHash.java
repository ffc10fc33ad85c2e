package dev.sallyport.config.caller;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What settings hold of an API key in its place: the id that is part of the key, and the keyed hash of all of it (HMAC-SHA256).
 * Neither gives the key. Not a record, so that nothing prints the hash.
 */
public final class KeyHash {
    /** What it is, in words. */
    public static final String EXPECTED = "a hash as ./sallyport key new prints it, never a key itself";

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{12}):([A-Za-z0-9_-]{43})");

    private final String id;
    private final byte[] hash;

    private KeyHash(String id, byte[] hash) {
        this.id = id;
        this.hash = hash;
    }

    /** Reads what an operator wrote; what is wrong with it is told without it, since it may be a key. */
    public static KeyHash parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be " + EXPECTED);
        }
        return new KeyHash(parts.group(1), Base64.getUrlDecoder().decode(parts.group(2)));
    }

    /** The id of the key, which is no secret. */
    public String id() {
        return id;
    }

    /** Whether this is the hash; takes the same time whatever it differs in. */
    public boolean is(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash same && same.id.equals(id) && is(same.hash);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id alone. */
    @Override
    public String toString() {
        return id;
    }
}
