package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sallyport.call.Reply.Timing;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.connection.ReplyReader;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.connection.Target;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import dev.sallyport.gateway.tls.client.TlsContexts;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.resources.LoopResources;

/** TLS to a provider, over sockets: whom a connection is made with, and that it may be used again. */
@Timeout(60)
final class TlsConnectionsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PoolLimits ONE = new PoolLimits("test", 1, 1, LONG, LONG, LONG, LONG);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static LoopResources loops;
    private static Certificate localhost;

    @BeforeAll
    static void start() throws Exception {
        localhost = Certificate.of(folder, "dns:localhost");
        loops = LoopResources.create("tls-test", 1, true);
    }

    @AfterAll
    static void stop() {
        loops.dispose();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_connection_carries_one_call_after_another(String protocol) throws Exception {
        try (var provider = TlsProvider.speaking(localhost, protocol);
                var connector = connector(trusting(localhost));
                var pool = new ConnectionPool(ONE, connector, true)) {
            for (int call = 0; call < 3; call++) {
                assertThat(pool.send(exchange(provider)).block()).isEqualTo(404);
                await().until(() -> pool.idle() == 1);
            }

            assertThat(pool.open()).isEqualTo(1);
        }
    }

    @Test
    void a_certificate_of_another_host_is_refused() throws Exception {
        Certificate other = Certificate.of(folder, "dns:other.example");
        assertRefused(other, trusting(other));
    }

    @Test
    void a_certificate_that_the_jvm_does_not_trust_is_refused() throws Exception {
        assertRefused(localhost, TlsContexts.ofJvm());
    }

    private static void assertRefused(Certificate shown, SslContext context) throws Exception {
        try (var provider = TlsProvider.speaking(shown, "TLSv1.3");
                var connector = connector(context);
                var pool = new ConnectionPool(ONE, connector, true)) {
            Exchange<Integer> exchange = exchange(provider);

            assertThat(catchThrowable(() -> pool.send(exchange).block())).hasCauseInstanceOf(SSLException.class);
            assertThat(exchange.mayHaveLeft()).isFalse();
            await().until(() -> pool.open() == 0);
        }
    }

    private static Connector connector(SslContext context) {
        return new Connector(loops, Duration.ofSeconds(20), Optional.of(context));
    }

    private static SslContext trusting(Certificate certificate) throws Exception {
        return SslContextBuilder.forClient()
                .trustManager(certificate.certificate().toFile())
                .build();
    }

    private static Exchange<Integer> exchange(TlsProvider provider) {
        Target target = Target.of(URI.create("https://localhost:" + provider.port()));
        return new Exchange<>(Request.of(target, HttpMethod.GET, "/"), 1000, new Status());
    }

    /** Reads a reply as its status. */
    private static final class Status implements ReplyReader<Integer> {
        @Override
        public Integer ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing) {
            return status;
        }

        @Override
        public boolean isInDoubt(Integer status) {
            return false;
        }
    }
}
