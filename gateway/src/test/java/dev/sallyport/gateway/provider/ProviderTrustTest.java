package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.EgressSettings;
import dev.sallyport.gateway.provider.PoolRig.Text;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import dev.sallyport.gateway.tls.client.Validity;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.resources.LoopResources;

/** Which certificates of the provider's are taken: pins, their end, and those of a bundle whose files have changed. */
@Timeout(120)
final class ProviderTrustTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PoolLimits ONE = new PoolLimits("test", 1, 1, LONG, LONG, LONG, LONG);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static LoopResources loops;
    private static Certificate own;
    private static Certificate another;

    private final Map<String, Validity> verified = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        loops = LoopResources.create("trust-test", 1, true);
        own = Certificate.of(folder, "dns:localhost");
        another = Certificate.another(folder, "dns:localhost");
    }

    @AfterAll
    static void stop() {
        loops.dispose();
    }

    @Test
    void a_pinned_key_is_taken_and_its_certificates_end_is_told() throws Exception {
        assertIsTaken(own, tls(own, another.pin(), own.pin()));

        assertThat(verified).containsExactly(Map.entry("localhost", Validity.of(own.shown())));
    }

    @Test
    void a_trusted_certificate_with_another_key_than_is_pinned_is_refused() throws Exception {
        assertThatThrownBy(() -> call(own, tls(own, another.pin())))
                .hasCauseInstanceOf(SSLException.class)
                .rootCause()
                .hasMessage("no key of the certificate chain is pinned");
        assertThat(verified).isEmpty();
    }

    /** Anything may be shown behind one's own certificate. */
    @Test
    void a_pinned_certificate_that_did_not_sign_the_one_below_it_counts_for_nothing() throws Exception {
        Certificate authority = Certificate.authority(folder);
        Certificate signed = Certificate.signedBy(authority, folder, "dns:localhost");

        assertIsTaken(signed, tls(authority, authority.pin()));
        assertIsTaken(signed, tls(authority, signed.pin()));

        own.show(own.shown(), another.shown());
        assertThatThrownBy(() -> call(own, tls(own, another.pin())))
                .rootCause()
                .hasMessage("no key of the certificate chain is pinned");
    }

    /** Java does not look at the end of a certificate that stands in the trust store itself. */
    @Test
    void a_certificate_that_has_ended_is_refused_although_it_is_trusted_by_itself() throws Exception {
        Certificate expired = Certificate.expired(folder, "dns:localhost");

        assertThatThrownBy(() -> call(expired, tls(expired)))
                .hasCauseInstanceOf(SSLException.class)
                .rootCause()
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void what_a_renewed_bundle_trusts_is_trusted_from_the_next_connection_on() throws Exception {
        PeerTls tls = tls(own);
        assertThatThrownBy(() -> call(another, tls)).hasCauseInstanceOf(SSLException.class);

        tls.renew(another.trusted());

        assertIsTaken(another, tls);
        assertThatThrownBy(() -> call(own, tls)).hasCauseInstanceOf(SSLException.class);
    }

    private PeerTls tls(Certificate trusted, String... pins) throws Exception {
        return PeerTls.of(Optional.of(trusted.trusted()), PeerTrust.of(List.of(pins), verified::put));
    }

    private static void assertIsTaken(Certificate shown, PeerTls tls) throws Exception {
        assertThat(call(shown, tls)).contains("\"status_code\":404");
    }

    private static String call(Certificate shown, PeerTls tls) throws Exception {
        try (var provider = TlsProvider.speaking(shown, "TLSv1.3");
                var connector = new Connector(
                        loops,
                        Duration.ofSeconds(20),
                        () -> Optional.of(tls.now()),
                        Egress.of(EgressSettings.defaults()));
                var pool = new ConnectionPool(ONE, connector, false)) {
            var target = PoolRig.target("https://localhost:" + provider.port());
            return Objects.requireNonNull(
                    pool.send(new Exchange<>(Request.of(target, HttpMethod.GET, "/"), 1000, new Text()))
                            .block());
        }
    }
}
