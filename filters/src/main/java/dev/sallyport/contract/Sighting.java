package dev.sallyport.contract;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an optional member was there last, and for how long its object has come without it since.
 *
 * @param missingSince when its object first came without it; null if it has not
 * @param missingUntil when its object last came without it
 */
record Sighting(Instant last, @Nullable Instant missingSince, Instant missingUntil) {
    /** The member was there. */
    static Sighting of(Instant now) {
        return new Sighting(now, null, now);
    }

    /** Its object came, and the member was not there. */
    Sighting missed(Instant now) {
        return new Sighting(last, missingSince == null ? now : missingSince, now);
    }

    /** Whether its object kept coming without it for so long: an object that does not come says nothing. */
    boolean isMissedFor(Duration time) {
        return missingSince != null && !missingUntil.isBefore(missingSince.plus(time));
    }
}
