package dev.sallyport.sandbox.session;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers intermediate sessions by their token for ten minutes, and no more than so many. Thread-safe. */
public final class IntermediateSessions {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Clock clock;
    private final int limit;
    private final Map<String, IntermediateSession> byToken = new LinkedHashMap<>();

    public IntermediateSessions(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Begins one, and returns its token. */
    public synchronized String begin(
            String projectId, String email, List<Factor> factors, Optional<String> organizationId) {
        String token = SecretTokens.next();
        byToken.put(
                token,
                new IntermediateSession(
                        token,
                        projectId,
                        email,
                        factors,
                        organizationId,
                        clock.instant().plus(LIFETIME)));
        if (byToken.size() > limit) {
            byToken.remove(byToken.keySet().iterator().next());
        }
        return token;
    }

    public synchronized Optional<IntermediateSession> find(String projectId, String token) {
        return Optional.ofNullable(byToken.get(token))
                .filter(there -> there.projectId().equals(projectId))
                .filter(there -> there.expiresAt().isAfter(clock.instant()));
    }

    /** Uses one up; tells whether it was still there. */
    public synchronized boolean end(IntermediateSession session) {
        return byToken.remove(session.token()) != null;
    }
}
