package dev.sallyport.gateway.management.login;

import dev.sallyport.call.Digests;
import dev.sallyport.config.Settings;
import dev.sallyport.config.value.InvalidSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens that open the management port (RFC 6750), one in a line of a file. It is read for each request, so that a token can be
 * replaced while the gateway runs, and two are good meanwhile. Reading blocks; not for an event loop.
 */
public final class BearerTokens {
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);
    private static final String KEY = "sallyport.management.token-file";
    private static final String SCHEME = "bearer ";
    private static final long LARGEST = 64L * 1024;
    private static final int SHORTEST = 16;

    private final Path file;

    public BearerTokens(Path file) {
        this.file = file;
    }

    /** Throws an {@link InvalidSetting} if a file is named that cannot be used. */
    public static void check(Settings settings) {
        settings.management().tokenFile().ifPresent(named -> {
            try {
                if (new BearerTokens(Path.of(named)).read().isEmpty()) {
                    throw unusable();
                }
            } catch (IOException unreadable) {
                throw unusable();
            }
        });
    }

    private static InvalidSetting unusable() {
        return new InvalidSetting(
                KEY, "a file with a token of " + SHORTEST + " characters or more in a line", "none such");
    }

    /** Lines that are too short to be a token are none. */
    private List<String> read() throws IOException {
        if (Files.size(file) > LARGEST) {
            return List.of();
        }
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST)
                .toList();
    }

    /** A token of the file, known by its place among them and by a digest. Prints its place alone. */
    static final class Named {
        private final int place;
        private final byte[] digest;

        private Named(int place, byte[] digest) {
            this.place = place;
            this.digest = digest;
        }

        /** From 1. */
        int place() {
            return place;
        }

        @Override
        public String toString() {
            return "token " + place;
        }
    }

    /** Whether a request with this {@code Authorization} may come in; none may while the file cannot be read. */
    public boolean admit(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && named(authorization.substring(SCHEME.length()).strip()).isPresent();
    }

    /** The token of the file that this is; empty if it is none. */
    Optional<Named> named(String token) {
        return found(digest(token));
    }

    /** Whether it is in the file still, wherever. */
    boolean holds(Named token) {
        return found(token.digest).isPresent();
    }

    /** Goes through all, so that it takes as long whatever was given. */
    private Optional<Named> found(byte[] given) {
        try {
            Optional<Named> found = Optional.empty();
            int place = 0;
            for (String token : read()) {
                place++;
                byte[] digest = digest(token);
                found = MessageDigest.isEqual(digest, given) ? Optional.of(new Named(place, digest)) : found;
            }
            return found;
        } catch (IOException unreadable) {
            LOG.warn("The file under {} cannot be read, so the management port admits no request", KEY);
            return Optional.empty();
        }
    }

    /** So that comparing takes as long whatever was given. */
    private static byte[] digest(String token) {
        return Digests.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
