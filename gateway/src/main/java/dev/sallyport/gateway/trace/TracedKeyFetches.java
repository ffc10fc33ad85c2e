package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFailed;
import dev.sallyport.token.keys.fetch.KeyEvents;

/**
 * Gives fetches of keys that no call asked for a trace each.
 *
 * @param events hears of all else
 */
public record TracedKeyFetches(KeyEvents events, CallSpans spans) implements KeyEvents {
    /** As the settings have it: where nothing is traced, what hears of fetches by itself. */
    public static KeyEvents of(KeyEvents events, Tracing tracing) {
        return tracing.spans().isOn() ? new TracedKeyFetches(events, tracing.spans()) : events;
    }

    @Override
    public CallSpan fetching(Issuer issuer) {
        return spans.request("GET " + issuer.jwks().id());
    }

    @Override
    public void refreshed(Issuer issuer, KeySet keys) {
        events.refreshed(issuer, keys);
    }

    @Override
    public void ignored(Issuer issuer, KeyFlaw why, int keys) {
        events.ignored(issuer, why, keys);
    }

    @Override
    public void failed(Issuer issuer, FetchFailed why, boolean held) {
        events.failed(issuer, why, held);
    }

    @Override
    public void askedFor(Issuer issuer, Unknown outcome) {
        events.askedFor(issuer, outcome);
    }
}
