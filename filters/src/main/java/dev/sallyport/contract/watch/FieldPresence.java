package dev.sallyport.contract.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an optional member was there last, and for how long its object has come without it since.
 *
 * @param missingSince when its object first came without it; null if it has not
 * @param missingUntil when its object last came without it
 */
record FieldPresence(Instant last, @Nullable Instant missingSince, Instant missingUntil) {
    /** The member was there. */
    static FieldPresence of(Instant now) {
        return new FieldPresence(now, null, now);
    }

    /** Its object came, and the member was not there. */
    FieldPresence missed(Instant now) {
        return new FieldPresence(last, missingSince == null ? now : missingSince, now);
    }

    /** Whether its object kept coming without it for so long: an object that does not come says nothing. */
    boolean isMissedFor(Duration time) {
        return missingSince != null && !missingUntil.isBefore(missingSince.plus(time));
    }
}
