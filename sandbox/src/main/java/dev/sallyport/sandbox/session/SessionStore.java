package dev.sallyport.sandbox.session;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers sessions by id and by token, the latest so many of them, so that a load run does not fill the memory. The
 * well-known ones stay. Thread-safe.
 */
public final class SessionStore {
    private final Clock clock;
    private final int limit;
    private final Map<String, Session> wellKnown = new LinkedHashMap<>();
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

    /** Returns a subject's sessions that have not ended, those that began first in front. */
    public synchronized List<Session> of(String projectId, String subjectId) {
        return Stream.concat(wellKnown.values().stream(), latest.values().stream())
                .filter(session -> session.grant().projectId().equals(projectId))
                .filter(session -> session.subject().id().equals(subjectId))
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .sorted(Comparator.comparing(Session::startedAt))
                .toList();
    }

    /** Forgets a session, a well-known one too. */
    public synchronized void end(Session session) {
        wellKnown.remove(session.id());
        latest.remove(session.id());
        idsByToken.remove(session.token());
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
