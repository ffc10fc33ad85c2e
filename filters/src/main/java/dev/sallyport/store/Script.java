package dev.sallyport.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that a store runs. It returns a list.
 *
 * @param name a metric label
 * @param text as it is sent to a store that does not know it
 * @param digest by which a store knows it: SHA-1, in hex
 */
public record Script(String name, String text, String digest) {
    /** A script with its digest. */
    public static Script of(String name, String text) {
        return new Script(name, text, sha1(text));
    }

    /** The script {@code name.lua} beside a class. */
    public static Script beside(Class<?> user, String name) {
        try (InputStream file = user.getResourceAsStream(name + ".lua")) {
            if (file == null) {
                throw new IllegalStateException("there is no " + name + ".lua");
            }
            return of(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
