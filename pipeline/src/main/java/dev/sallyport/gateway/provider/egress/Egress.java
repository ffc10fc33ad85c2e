package dev.sallyport.gateway.provider.egress;

import dev.sallyport.config.EgressSettings;
import java.net.InetAddress;
import java.util.function.Predicate;
import reactor.netty.transport.NameResolverProvider;

/**
 * The way out. The address that is asked about is the one that is connected to, so a name that changes its address in between
 * changes nothing.
 *
 * @param names how they are resolved
 * @param admits whether an address may be connected to
 */
public record Egress(NameResolverProvider names, Predicate<InetAddress> admits) {
    /** What settings say. */
    public static Egress of(EgressSettings settings) {
        NameResolverProvider names = NameResolverProvider.builder()
                .cacheMaxTimeToLive(settings.dnsKeep())
                .build();
        return new Egress(names, settings.mayBePrivate() ? anywhere -> true : PublicAddresses::contains);
    }
}
