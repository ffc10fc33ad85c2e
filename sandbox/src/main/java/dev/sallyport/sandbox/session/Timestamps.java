package dev.sallyport.sandbox.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** RFC 3339 in UTC with whole seconds, as the provider writes most of its timestamps. */
final class Timestamps {
    private Timestamps() {}

    static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
