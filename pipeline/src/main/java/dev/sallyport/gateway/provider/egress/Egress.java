package dev.sallyport.gateway.provider.egress;

import dev.sallyport.config.EgressSettings;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import reactor.netty.transport.NameResolverProvider;

/**
 * The way out. The address that is asked about is the one that is connected to, so a name that changes its address in between
 * changes nothing.
 *
 * @param names how they are resolved
 * @param admits whether an address may be connected to
 * @param proxy what connections are made through, which resolves their names then
 */
public record Egress(NameResolverProvider names, Predicate<InetAddress> admits, Optional<EgressProxy> proxy) {
    /** Without a proxy. */
    public Egress(NameResolverProvider names, Predicate<InetAddress> admits) {
        this(names, admits, Optional.empty());
    }

    /** What settings say. */
    public static Egress of(EgressSettings settings) {
        NameResolverProvider names = NameResolverProvider.builder()
                .cacheMaxTimeToLive(settings.dnsKeep())
                .build();
        return new Egress(
                names,
                settings.mayBePrivate() ? anywhere -> true : PublicAddresses::contains,
                EgressProxy.of(settings.proxy()));
    }
}
