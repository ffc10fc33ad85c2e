package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.config.EgressProxySettings;
import dev.sallyport.config.EgressSettings;
import dev.sallyport.config.EgressSettings.PrivateAddresses;
import dev.sallyport.gateway.ConnectProxy;
import dev.sallyport.gateway.Waiting;
import dev.sallyport.gateway.provider.PoolRig.Text;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.provider.egress.NoTunnel;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.resources.LoopResources;

/** Connections through a proxy, over sockets: what it is told, what goes through it, and what becomes of its other answers. */
@Timeout(120)
final class ProxyTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PoolLimits ONE = new PoolLimits("test", 1, 1, LONG, LONG, LONG, LONG);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static LoopResources loops;
    private static Certificate own;
    private static Certificate another;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ConnectProxy proxy;

    @BeforeAll
    static void start() throws Exception {
        loops = LoopResources.create("proxy-test", 1, true);
        own = Certificate.of(folder, "dns:provider.invalid");
        another = Certificate.another(folder, "dns:provider.invalid");
    }

    @AfterAll
    static void stop() {
        loops.dispose();
    }

    @BeforeEach
    void startProxy() throws IOException {
        proxy = new ConnectProxy();
    }

    @AfterEach
    void stopProxy() throws IOException {
        proxy.close();
    }

    /** The name is known to the proxy alone. */
    @Test
    void tls_is_spoken_with_the_provider_itself_and_one_tunnel_carries_call_after_call() throws Exception {
        try (var provider = TlsProvider.speaking(own, "TLSv1.3");
                var connector = connector(LONG, tls(own.pin()), through(null));
                var pool = new ConnectionPool(ONE, connector, true)) {
            String url = "https://provider.invalid:" + provider.port();
            for (int call = 0; call < 3; call++) {
                assertThat(send(pool, url)).contains("\"status_code\":404");
                Waiting.until("it is given back", () -> pool.idle() == 1);
            }

            String authority = "provider.invalid:" + provider.port();
            assertThat(proxy.heads())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT " + authority + " HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: " + authority + "\r\n")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void a_provider_behind_the_proxy_with_another_key_than_is_pinned_is_refused() throws Exception {
        try (var provider = TlsProvider.speaking(own, "TLSv1.3");
                var connector = connector(LONG, tls(another.pin()), through(null));
                var pool = new ConnectionPool(ONE, connector, true)) {
            Throwable failure = failure(pool, "https://provider.invalid:" + provider.port());

            assertThat(failure).isInstanceOf(SSLException.class);
            assertThat(failure).rootCause().hasMessage("no key of the certificate chain is pinned");
        }
    }

    @Test
    void what_is_spoken_without_tls_goes_through_a_tunnel_as_well() throws Exception {
        try (var provider = new RawServer(OK);
                var connector = connector(LONG, tls(), through(null));
                var pool = new ConnectionPool(ONE, connector, true)) {
            assertThat(send(pool, "http://provider.invalid:" + provider.port())).isEqualTo("ok");

            assertThat(proxy.targets()).containsExactly("provider.invalid:" + provider.port());
        }
    }

    @Test
    void credentials_of_the_file_are_shown_to_the_proxy_alone_and_read_again_for_the_next_connection()
            throws Exception {
        Path file = Files.writeString(folder.resolve("credentials"), "gateway:first:word\n");
        try (var provider = new RawServer(OK);
                var connector = connector(LONG, tls(), through(file));
                var pool = new ConnectionPool(ONE, connector, false)) {
            String url = "http://provider.invalid:" + provider.port();
            assertThat(send(pool, url)).isEqualTo("ok");
            Files.writeString(file, "gateway:second\n");
            assertThat(send(pool, url)).isEqualTo("ok");
            Files.delete(file);
            Throwable unreadable = failure(pool, url);

            assertThat(unreadable).isInstanceOf(NoTunnel.class).hasMessage("the proxy's credentials cannot be read");
            assertThat(proxy.heads()).hasSize(2);
            assertThat(proxy.heads().get(0)).contains(basic("gateway:first:word"));
            assertThat(proxy.heads().get(1)).contains(basic("gateway:second"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 407 hush-hush~Proxy-Authenticate: Basic realm=x~Content-Length: 9~~hush-hush | the proxy answered 407",
                "HTTP/1.1 403 Forbidden~~ | the proxy answered 403",
                "HTTP/1.1 204 No Content~~ | the proxy answered 204",
                "HTTP/1.1 302 Found~Location: http://127.0.0.1/~~ | the proxy answered 302",
                "HTTP/1.1 502 Bad Gateway~Content-Length: 100000~~ | the proxy answered 502",
                "HTTP/1.1 100 Continue~~HTTP/1.1 503 None~~ | the proxy answered 503",
                "SSH-2.0-none~ | the proxy's answer is not one to CONNECT",
                "HTTP/1.1 200 OK~~early | the proxy's answer is not one to CONNECT",
            })
    void any_other_answer_of_the_proxys_ends_the_attempt_before_a_byte_of_the_call_is_sent(String bytes, String told)
            throws Exception {
        proxy.answers(bytes.replace("~", "\r\n"));
        try (var provider = new RawServer(OK);
                var connector = connector(LONG, tls(), through(null));
                var pool = new ConnectionPool(ONE, connector, true)) {
            Throwable failure = failure(pool, "http://provider.invalid:" + provider.port());

            assertThat(failure).isInstanceOf(NoTunnel.class).hasMessage(told);
            assertThat(provider.connections()).isZero();

            proxy.grants();
            assertThat(send(pool, "http://provider.invalid:" + provider.port())).isEqualTo("ok");
        }
    }

    @Test
    void a_proxy_that_says_nothing_is_waited_for_no_longer_than_for_a_connection() throws Exception {
        proxy.answers("");
        try (var connector = connector(Duration.ofMillis(200), tls(), through(null));
                var pool = new ConnectionPool(ONE, connector, true)) {
            assertThat(failure(pool, "https://provider.invalid"))
                    .isInstanceOf(NoTunnel.class)
                    .hasMessage("the proxy did not answer in time");
        }
    }

    @Test
    void a_proxy_that_hangs_up_or_is_not_there_is_told_apart_from_the_provider() throws Exception {
        try (var hangingUp = RawServer.hangingUpAfter("");
                var connector = connector(LONG, tls(), throughPort(hangingUp.port()));
                var pool = new ConnectionPool(ONE, connector, true)) {
            assertThat(failure(pool, "https://provider.invalid"))
                    .isInstanceOf(NoTunnel.class)
                    .hasMessage("the proxy ended the connection");
        }
        int free;
        try (var gone = new RawServer(OK)) {
            free = gone.port();
        }
        try (var connector = connector(LONG, tls(), throughPort(free));
                var pool = new ConnectionPool(ONE, connector, true)) {
            assertThat(failure(pool, "https://provider.invalid"))
                    .isInstanceOf(NoTunnel.class)
                    .hasMessage("the proxy accepts no connection");
        }
    }

    @Test
    void a_host_that_is_listed_is_connected_to_directly() throws Exception {
        var settings =
                new EgressProxySettings(Optional.of(URI.create(proxy.url())), Optional.empty(), List.of("LocalHost"));
        proxy.answers("HTTP/1.1 403 Forbidden\r\n\r\n");
        try (var provider = new RawServer(OK);
                var connector = connector(LONG, tls(), settings);
                var pool = new ConnectionPool(ONE, connector, false)) {
            assertThat(send(pool, "http://localhost:" + provider.port())).isEqualTo("ok");
            assertThat(failure(pool, "http://127.0.0.1:" + provider.port())).isInstanceOf(NoTunnel.class);

            assertThat(proxy.targets()).containsExactly("127.0.0.1:" + provider.port());
        }
    }

    @Test
    void an_address_in_brackets_is_asked_for_in_brackets() throws Exception {
        try (var provider = new RawServer(OK);
                var connector = connector(LONG, tls(), through(null));
                var pool = new ConnectionPool(ONE, connector, false)) {
            assertThat(send(pool, "http://[2001:db8::1]:" + provider.port())).isEqualTo("ok");

            assertThat(proxy.targets()).containsExactly("[2001:db8::1]:" + provider.port());
        }
    }

    private EgressProxySettings through(@Nullable Path credentials) {
        return new EgressProxySettings(
                Optional.of(URI.create(proxy.url())),
                Optional.ofNullable(credentials).map(Path::toString),
                List.of());
    }

    private static EgressProxySettings throughPort(int port) {
        return new EgressProxySettings(
                Optional.of(URI.create("http://127.0.0.1:" + port)), Optional.empty(), List.of());
    }

    private static PeerTls tls(String... pins) throws Exception {
        return PeerTls.of(Optional.of(own.trusted()), PeerTrust.of(List.of(pins), (host, validity) -> {}));
    }

    private static Connector connector(Duration timeout, PeerTls tls, EgressProxySettings through) {
        Egress egress = Egress.of(new EgressSettings(PrivateAddresses.ALLOW, Duration.ofSeconds(1), through));
        return new Connector(loops, timeout, () -> Optional.of(tls.now()), egress);
    }

    private static @Nullable String send(ConnectionPool pool, String url) {
        return pool.send(exchange(url)).block();
    }

    /** What a call that must not have left fails of; nothing is left behind. */
    private Throwable failure(ConnectionPool pool, String url) {
        Exchange<String> exchange = exchange(url);
        Throwable failure = catchThrowable(() -> pool.send(exchange).block());
        assertThat(exchange.mayHaveLeft()).isFalse();
        Waiting.until("nothing is left behind", () -> pool.open() == 0 && proxy.open() == 0);
        return failure.getCause() instanceof IOException cause ? cause : failure;
    }

    private static Exchange<String> exchange(String url) {
        return new Exchange<>(Request.of(PoolRig.target(url), HttpMethod.GET, "/"), 1000, new Text());
    }

    private static String basic(String pair) {
        String shown = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return "proxy-authorization: Basic " + shown + "\r\n";
    }
}
