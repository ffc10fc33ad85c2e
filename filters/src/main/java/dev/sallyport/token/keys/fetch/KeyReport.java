package dev.sallyport.token.keys.fetch;

import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator may know of one issuer's keys.
 *
 * @param keys those held, empty if there are none
 * @param since when the keys in use were fetched; empty if there are none
 * @param usable whether they are young enough to be used
 * @param fromFile whether an earlier process fetched them
 * @param due when they will be fetched next; in the past if that is when a call asks
 * @param fetches how many were begun
 * @param failures fetches that brought nothing since the last good one
 * @param refused how many fetches brought nothing in all, by reason
 * @param lastFault why the last of them did
 */
public record KeyReport(
        Issuer issuer,
        KeySet keys,
        Optional<Instant> since,
        boolean usable,
        boolean fromFile,
        Instant due,
        long fetches,
        int failures,
        Map<FetchFault, Long> refused,
        Optional<FetchFault> lastFault,
        Optional<Instant> lastFaultAt) {
    public KeyReport {
        refused = Map.copyOf(refused);
    }
}
