package dev.sallyport.config.telemetry;

import dev.sallyport.config.value.Require;

/**
 * What each outcome of a lookup leads to. The defaults follow the provider's advice, and where it gives none, they fail
 * closed.
 *
 * @param allow nothing speaks against the device; default forward
 * @param challenge something does, and the caller should ask for more; default forward
 * @param block the provider advises against it; default refuse
 * @param notFound the provider does not know the telemetry id; default refuse, as it advises
 * @param missing the call carries no telemetry id; default refuse, or leaving it out would be the way around
 * @param unavailable no verdict came: also the default of the four below; default refuse
 * @param timeout no answer in time
 * @param rateLimited the provider was asked too often
 * @param breakerOpen the provider was not asked, because it failed too often
 * @param invalidReply the answer breaks its contract
 */
public record TelemetryOnSettings(
        TelemetryAction allow,
        TelemetryAction challenge,
        TelemetryAction block,
        TelemetryAction notFound,
        TelemetryAction missing,
        TelemetryAction unavailable,
        TelemetryAction timeout,
        TelemetryAction rateLimited,
        TelemetryAction breakerOpen,
        TelemetryAction invalidReply) {
    public TelemetryOnSettings {
        allow = Require.orElse(allow, TelemetryAction.FORWARD);
        challenge = Require.orElse(challenge, TelemetryAction.FORWARD);
        block = Require.orElse(block, TelemetryAction.REFUSE);
        notFound = Require.orElse(notFound, TelemetryAction.REFUSE);
        missing = Require.orElse(missing, TelemetryAction.REFUSE);
        unavailable = Require.orElse(unavailable, TelemetryAction.REFUSE);
        timeout = Require.orElse(timeout, unavailable);
        rateLimited = Require.orElse(rateLimited, unavailable);
        breakerOpen = Require.orElse(breakerOpen, unavailable);
        invalidReply = Require.orElse(invalidReply, unavailable);
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // not given, as the binder says it
    public static TelemetryOnSettings defaults() {
        return new TelemetryOnSettings(null, null, null, null, null, null, null, null, null, null);
    }
}
