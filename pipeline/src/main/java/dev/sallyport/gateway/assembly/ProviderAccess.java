package dev.sallyport.gateway.assembly;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.provider.ProviderEndpoint;
import dev.sallyport.gateway.provider.ProviderUpstream;
import dev.sallyport.token.keys.KeySource;
import java.util.function.BiFunction;

/**
 * How calls reach the provider, and the keys that it signs with.
 *
 * @param upstreams what answers the calls of a contract in the end, with the reading that it gives its replies
 */
public record ProviderAccess(BiFunction<Contract, ReplyReading, Upstream<ReadCall>> upstreams, KeySource keys) {
    /** On connections of our own. */
    public static ProviderAccess direct(ProviderEndpoint endpoint, KeySource keys) {
        return new ProviderAccess((contract, reading) -> new ProviderUpstream(contract, endpoint, reading), keys);
    }
}
