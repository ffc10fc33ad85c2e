package dev.sallyport.gateway.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A provider behind TLS that answers everything alike: 404 and an error of its own. */
public final class TlsProvider implements AutoCloseable {
    private static final String ERROR = """
            {"status_code":404,"request_id":"request-id-test-1","error_type":"none","error_message":"none",\
            "error_url":"https://errors.invalid"}""";

    private final DisposableServer server;
    private volatile SslContext context;

    private TlsProvider(SslContextBuilder tls) throws Exception {
        this.context = tls.build();
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnChannelInit(
                        (observer, channel, remote) -> channel.pipeline().addFirst(context.newHandler(channel.alloc())))
                .handle((request, response) -> response.status(404)
                        .header("Content-Type", "application/json")
                        .sendString(Mono.just(ERROR)))
                .bindNow();
    }

    /** One that speaks these versions only. */
    public static TlsProvider speaking(Certificate certificate, String... protocols) throws Exception {
        return new TlsProvider(
                SslContextBuilder.forServer(certificate.keyManagers()).protocols(protocols));
    }

    /** One that serves those alone who show this certificate. */
    public static TlsProvider servingOnly(Certificate client, Certificate certificate) throws Exception {
        return new TlsProvider(SslContextBuilder.forServer(certificate.keyManagers())
                .trustManager(client.certificate().toFile())
                .clientAuth(ClientAuth.REQUIRE));
    }

    /** One that takes these ciphers only. */
    static TlsProvider ciphering(Certificate certificate, String protocol, String... ciphers) throws Exception {
        return new TlsProvider(SslContextBuilder.forServer(certificate.keyManagers())
                .protocols(protocol)
                .ciphers(List.of(ciphers)));
    }

    /** Shows another certificate on the connections that are made from now on. */
    public void becomes(Certificate certificate) throws Exception {
        context = SslContextBuilder.forServer(certificate.keyManagers()).build();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
