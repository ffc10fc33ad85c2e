package dev.sallyport.sandbox.session;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers sessions by id and by token, the latest so many of them, so that a load run does not fill the memory. The
 * well-known ones stay. Thread-safe.
 */
public final class SessionStore {
    private final Clock clock;
    private final int limit;
    private final Map<String, Session> wellKnown = new HashMap<>();
    private final Map<String, Session> latest = new LinkedHashMap<>();
    private final Map<String, String> idsByToken = new HashMap<>();

    public SessionStore(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    public synchronized void keep(Session session) {
        wellKnown.put(session.id(), session);
        idsByToken.put(session.token(), session.id());
    }

    public synchronized void save(Session session) {
        if (wellKnown.replace(session.id(), session) == null) {
            latest.put(session.id(), session);
            idsByToken.put(session.token(), session.id());
            forgetOldest();
        }
    }

    /** Finds a session that has not ended. */
    public synchronized Optional<Session> byId(String id) {
        Session session = wellKnown.getOrDefault(id, latest.get(id));
        return Optional.ofNullable(session).filter(found -> found.expiresAt().isAfter(clock.instant()));
    }

    public synchronized Optional<Session> byToken(String token) {
        return Optional.ofNullable(idsByToken.get(token)).flatMap(this::byId);
    }

    public synchronized int size() {
        return wellKnown.size() + latest.size();
    }

    private void forgetOldest() {
        if (latest.size() > limit) {
            Session oldest = latest.values().iterator().next();
            latest.remove(oldest.id());
            idsByToken.remove(oldest.token());
        }
    }
}
