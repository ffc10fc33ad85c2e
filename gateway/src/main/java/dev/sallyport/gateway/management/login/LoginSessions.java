package dev.sallyport.gateway.management.login;

import dev.sallyport.call.Digests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions that are open, in memory alone: few, and each for a bounded time. Thread-safe. */
final class LoginSessions {
    static final Duration LONGEST = Duration.ofHours(8);
    static final Duration IDLE = Duration.ofMinutes(30);
    static final int MOST = 32;
    private static final int BYTES = 32;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** By a digest of what the browser holds; the longest unused first. */
    private final Map<String, Open> open = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Open(LoginSession session, Instant idleAt) {}

    /** A session that has begun, with what the browser is to show from now on. */
    record Begun(LoginSession session, String cookie) {
        @Override
        public String toString() {
            return session.toString();
        }
    }

    LoginSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins one; the one that was not used for longest ends if there are too many. */
    synchronized Begun begin(Proof proof) {
        Instant now = clock.instant();
        open.values().removeIf(one -> isOver(one, now));
        if (open.size() >= MOST) {
            open.remove(open.keySet().iterator().next());
        }
        String cookie = random();
        var session = new LoginSession(proof, random(), now.plus(LONGEST));
        open.put(digest(cookie), new Open(session, now.plus(IDLE)));
        return new Begun(session, cookie);
    }

    /** That of a cookie; empty if there is none, or not any more. */
    synchronized Optional<LoginSession> of(String cookie) {
        String key = digest(cookie);
        @Nullable Open found = open.get(key);
        if (found == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (isOver(found, now)) {
            open.remove(key);
            return Optional.empty();
        }
        open.put(key, new Open(found.session(), now.plus(IDLE)));
        return Optional.of(found.session());
    }

    synchronized void end(String cookie) {
        open.remove(digest(cookie));
    }

    private static boolean isOver(Open one, Instant now) {
        return !now.isBefore(one.idleAt()) || !now.isBefore(one.session().until());
    }

    private String random() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** So that how long a look-up takes says nothing of the cookies that there are. */
    private static String digest(String cookie) {
        return HexFormat.of().formatHex(Digests.sha256().digest(cookie.getBytes(StandardCharsets.UTF_8)));
    }
}
