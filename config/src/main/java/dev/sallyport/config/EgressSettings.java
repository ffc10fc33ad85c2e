package dev.sallyport.config;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Connections to the provider, to its fingerprinting and to where keys are published.
 *
 * @param privateAddresses whether they may lead to addresses that are not public; default {@link PrivateAddresses#ALLOW}
 * @param dnsKeep the longest time that a name's address is kept; default 30 s
 */
public record EgressSettings(PrivateAddresses privateAddresses, Duration dnsKeep) {
    private static final Duration DNS_KEEP = Duration.ofSeconds(30);

    public EgressSettings {
        privateAddresses = Require.orElse(privateAddresses, PrivateAddresses.ALLOW);
        dnsKeep = Require.orElse(dnsKeep, DNS_KEEP);
        Require.between("sallyport.egress.dns-keep", dnsKeep, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    /** Addresses of private networks, of the machine itself and of its network. */
    public enum PrivateAddresses {
        ALLOW,
        REFUSE
    }

    /** All defaults. */
    public static EgressSettings defaults() {
        return new EgressSettings(PrivateAddresses.ALLOW, DNS_KEEP);
    }

    /** Whether an address may be a private one. */
    public boolean mayBePrivate() {
        return privateAddresses == PrivateAddresses.ALLOW;
    }
}
