package dev.sallyport.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.SettingsOf;
import dev.sallyport.gateway.Waiting;
import dev.sallyport.gateway.provider.egress.AddressRefused;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import dev.sallyport.gateway.tls.client.Validity;
import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFailed;
import dev.sallyport.token.keys.fetch.FetchFault;
import dev.sallyport.token.keys.fetch.KeyEvents;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.resources.LoopResources;

/** The issuer of callers' tokens is asked for its keys by the rules that hold for the provider: addresses, trust and pins. */
@Timeout(120)
final class CallerKeyFetchingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static LoopResources loops;
    private static Certificate own;
    private static Certificate another;

    private final Queue<FetchFailed> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Validity> verified = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        loops = LoopResources.create("issuer-test", 1, true);
        own = Certificate.of(folder, "dns:localhost");
        another = Certificate.another(folder, "dns:localhost");
    }

    @AfterAll
    static void stop() {
        loops.dispose();
    }

    /** It answers everything by 404. */
    @Test
    void an_issuer_with_a_pinned_key_is_asked_and_its_certificates_end_is_told() throws Exception {
        FetchFailed failed = firstFailure(own, "allow", another.pin(), own.pin());

        assertThat(failed.fault()).isEqualTo(FetchFault.NOT_PUBLISHED);
        assertThat(verified).containsExactly(Map.entry("localhost", Validity.of(own.shown())));
    }

    @Test
    void an_issuer_with_another_key_than_is_pinned_is_not_asked() throws Exception {
        FetchFailed failed = firstFailure(own, "allow", another.pin());

        assertThat(failed.fault()).isEqualTo(FetchFault.UNREACHABLE);
        assertThat(failed).hasCauseInstanceOf(SSLException.class);
        assertThat(verified).isEmpty();
    }

    @Test
    void an_issuer_that_is_not_trusted_is_not_asked() throws Exception {
        FetchFailed failed = firstFailure(another, "allow");

        assertThat(failed.fault()).isEqualTo(FetchFault.UNREACHABLE);
        assertThat(failed).hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void with_the_switch_an_issuer_in_the_private_network_is_not_connected_to() throws Exception {
        FetchFailed failed = firstFailure(own, "refuse");

        assertThat(failed.fault()).isEqualTo(FetchFault.UNREACHABLE);
        assertThat(failed).hasCauseInstanceOf(AddressRefused.class);
        assertThat(verified).isEmpty();
    }

    private FetchFailed firstFailure(Certificate shown, String privateAddresses, String... pins) throws Exception {
        PeerTls tls = PeerTls.of(Optional.of(own.trusted()), PeerTrust.of(List.of(pins), verified::put));
        try (var issuer = TlsProvider.speaking(shown, "TLSv1.3")) {
            var fetching = CallerKeyFetching.of(
                    settings(issuer, privateAddresses), jwt -> tls, loops, new Failures(), () -> {});
            try {
                fetching.start();
                Waiting.until("a fetch has failed", () -> !failures.isEmpty());
                return failures.element();
            } finally {
                fetching.stop();
                fetching.destroy();
            }
        }
    }

    private static Settings settings(TlsProvider issuer, String privateAddresses) {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "sallyport.provider.base-url",
                "https://provider.invalid",
                "sallyport.provider.credentials",
                "replace",
                "sallyport.provider.projects[0].id",
                "project-test-1",
                "sallyport.provider.projects[0].secret",
                "secret-test-1",
                "sallyport.egress.private-addresses",
                privateAddresses));
        keys.putAll(Map.of(
                "sallyport.callers.jwt.issuer",
                "https://login.example.com",
                "sallyport.callers.jwt.audience",
                "sallyport",
                "sallyport.callers.jwt.jwks-url",
                "https://localhost:" + issuer.port() + "/keys",
                "sallyport.callers.list[0].name",
                "orders",
                "sallyport.callers.list[0].subjects[0]",
                "orders-service",
                "sallyport.callers.list[0].operations[0]",
                "*",
                "sallyport.callers.list[0].projects[0]",
                "*",
                "sallyport.callers.list[0].organizations[0]",
                "*"));
        return SettingsOf.keys(keys);
    }

    /** Keeps what failed. */
    private final class Failures implements KeyEvents {
        @Override
        public void refreshed(Issuer issuer, KeySet keys) {
            throw new AssertionError("there are none");
        }

        @Override
        public void ignored(Issuer issuer, KeyFlaw why, int keys) {
            throw new AssertionError("there are none");
        }

        @Override
        public void failed(Issuer issuer, FetchFailed why, boolean held) {
            failures.add(why);
        }

        @Override
        public void askedFor(Issuer issuer, Unknown outcome) {
            throw new AssertionError("no call asked");
        }
    }
}
