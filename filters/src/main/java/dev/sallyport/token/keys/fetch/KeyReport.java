package dev.sallyport.token.keys.fetch;

import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.KeyState.Held;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator may know of one issuer's keys.
 *
 * @param usable whether the keys are young enough to be used
 * @param fetches how many were begun
 * @param refused how many fetches brought nothing in all, by reason
 */
public record KeyReport(Issuer issuer, KeyState state, boolean usable, long fetches, Map<FetchFault, Long> refused) {
    public KeyReport {
        refused = Map.copyOf(refused);
    }

    /** The keys held, empty if there are none. */
    public KeySet keys() {
        return held().map(Held::keys).orElse(KeySet.NONE);
    }

    /** When they were fetched; empty if there are none. */
    public Optional<Instant> since() {
        return held().map(Held::since);
    }

    /** Whether an earlier process fetched them. */
    public boolean fromFile() {
        return held().map(Held::fromFile).orElse(false);
    }

    /** The last fetch that brought nothing; empty if all brought keys. */
    public Optional<KeyState.LastFault> lastFault() {
        return Optional.ofNullable(state.lastFault());
    }

    private Optional<Held> held() {
        return Optional.ofNullable(state.held());
    }
}
