package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Connections to the provider, to its fingerprinting and to where keys are published.
 *
 * @param privateAddresses whether they may lead to addresses that are not public; default {@link PrivateAddresses#ALLOW}
 * @param dnsKeep the longest time that a name's address is kept; default 30 s
 * @param proxy what they are made through; default none
 */
public record EgressSettings(PrivateAddresses privateAddresses, Duration dnsKeep, EgressProxySettings proxy) {
    private static final String KEY = "sallyport.egress.";
    private static final Duration DNS_KEEP = Duration.ofSeconds(30);

    public EgressSettings {
        privateAddresses = Require.orElse(privateAddresses, PrivateAddresses.ALLOW);
        dnsKeep = Require.orElse(dnsKeep, DNS_KEEP);
        Require.between(KEY + "dns-keep", dnsKeep, Duration.ofSeconds(1), Duration.ofHours(1));
        proxy = Require.orElse(proxy, EgressProxySettings.none());
        if (proxy.url().isPresent() && privateAddresses == PrivateAddresses.REFUSE) {
            throw new InvalidSetting(
                    KEY + "private-addresses",
                    "allow, because the proxy of " + KEY + "proxy resolves names: let it refuse addresses",
                    "refuse");
        }
    }

    /** Addresses of private networks, of the machine itself and of its network. */
    public enum PrivateAddresses {
        ALLOW,
        REFUSE
    }

    /** All defaults. */
    public static EgressSettings defaults() {
        return new EgressSettings(PrivateAddresses.ALLOW, DNS_KEEP, EgressProxySettings.none());
    }

    /** Whether an address may be a private one. */
    public boolean mayBePrivate() {
        return privateAddresses == PrivateAddresses.ALLOW;
    }
}
