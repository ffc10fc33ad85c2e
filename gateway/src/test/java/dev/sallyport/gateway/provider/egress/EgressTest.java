package dev.sallyport.gateway.provider.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.EgressProxySettings;
import dev.sallyport.config.EgressSettings;
import dev.sallyport.config.EgressSettings.PrivateAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are public, by IANA's registries, and which hosts a proxy is for. */
final class EgressTest {
    private static final Egress PUBLIC_ONLY =
            Egress.of(new EgressSettings(PrivateAddresses.REFUSE, Duration.ofSeconds(30), EgressProxySettings.none()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.0.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::1"
            })
    void an_address_that_is_not_public_is_refused_with_the_switch_and_else_taken(String address) throws Exception {
        assertThat(PUBLIC_ONLY.admits().test(address(address))).isFalse();
        assertThat(Egress.of(EgressSettings.defaults()).admits().test(address(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "11.0.0.0",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.0",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2002:101:101::1",
                "64:ff9b::1.1.1.1"
            })
    void a_public_address_is_taken(String address) throws Exception {
        assertThat(PUBLIC_ONLY.admits().test(address(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, true",
        "login.internal, false",
        "Login.Internal, false",
        "other.login.internal, true",
        "a.svc.internal, false",
        "a.b.svc.internal, false",
        "svc.internal, true",
        "notsvc.internal, true"
    })
    void a_host_is_connected_to_through_the_proxy_unless_it_is_listed(String host, boolean through) {
        var proxy = new EgressProxySettings(
                Optional.of(URI.create("http://proxy.internal:3128")),
                Optional.empty(),
                List.of("LOGIN.internal", ".svc.internal"));
        Egress egress = Egress.of(new EgressSettings(PrivateAddresses.ALLOW, Duration.ofSeconds(30), proxy));

        assertThat(egress.proxy())
                .hasValueSatisfying(it -> assertThat(it.isFor(host)).isEqualTo(through));
        assertThat(PUBLIC_ONLY.proxy()).isEmpty();
    }

    /** Java takes a mapped address for IPv4. */
    private static InetAddress address(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }
}
