package dev.sallyport.token.keys.fetch;

import java.security.Provider;
import java.time.Clock;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What fetching keys takes, the same for every issuer.
 *
 * @param provider does the arithmetic of verification; null for the JDK's choice
 */
public record KeyFetchContext(
        JwksFetch fetch, KeyTiming timing, @Nullable Provider provider, KeyEvents events, Scheduling scheduling) {
    /**
     * What time it is, and on which threads things go on.
     *
     * @param timer for timeouts and waits
     * @param loop the thread that a call belongs to; asked on it
     * @param chance from 0 to 1, so that many gateways do not act at the same moment
     */
    public record Scheduling(Clock clock, Scheduler timer, Supplier<Scheduler> loop, DoubleSupplier chance) {}

    Instant now() {
        return scheduling.clock().instant();
    }

    double chance() {
        return scheduling.chance().getAsDouble();
    }
}
