package dev.sallyport.sandbox.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Hands out the same few sessions in turn, so that a load run measures what stands before the sandbox and not RSA. An
 * entry is signed on first use and again when it is no longer good. Thread-safe.
 */
final class PresignedSessions {
    private static final int MAX_KINDS = 256;

    private final int perKind;
    private final Map<String, Ring> rings = new ConcurrentHashMap<>();

    /** Zero means: every session anew. */
    PresignedSessions(int perKind) {
        this.perKind = perKind;
    }

    /** Returns the next of its kind; kinds differ in anything but ids and times, the signing key included. */
    SignedSession next(String kind, Predicate<SignedSession> isGood, Supplier<SignedSession> fresh) {
        if (perKind == 0) {
            return fresh.get();
        }
        if (rings.size() > MAX_KINDS) {
            rings.clear();
        }
        return rings.computeIfAbsent(kind, absent -> new Ring(perKind)).next(isGood, fresh);
    }

    /** A fixed number of places, visited in turn. */
    private static final class Ring {
        private final AtomicReferenceArray<SignedSession> places;
        private final AtomicLong visits = new AtomicLong();

        Ring(int size) {
            places = new AtomicReferenceArray<>(size);
        }

        SignedSession next(Predicate<SignedSession> isGood, Supplier<SignedSession> fresh) {
            int place = (int) (visits.getAndIncrement() % places.length());
            SignedSession there = places.get(place);
            if (there != null && isGood.test(there)) {
                return there;
            }
            SignedSession anew = fresh.get();
            places.set(place, anew);
            return anew;
        }
    }
}
