package dev.sallyport.gateway.http;

import dev.sallyport.call.Call;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.RequestSettings;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.edge.CallerFields;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.edge.TrustedCallers;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Cut;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Refused;
import dev.sallyport.gateway.http.connection.OpenConnections;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.RejectionRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/** The callers' edge on a port, with one operation, {@code POST /call}, whose pipeline a test gives; what else is asked, a test answers. */
final class CallEdge implements AutoCloseable {
    /** What other requests get, unless a test says otherwise. */
    static final HttpHandler PATH_AS_ANSWER =
            (request, response) -> text(response, request.getURI().getPath());

    /** The longest that there is: no test waits for it, however busy the machine is. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static final Duration BODY_TIMEOUT = RequestSettings.defaults().bodyTimeout();
    private static final int PATIENCE_MILLIS = 60_000;

    final BlockingQueue<Call> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<WrittenRefusal> refused = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> failed = new LinkedBlockingQueue<>();
    final BlockingQueue<Refused> turnedAway = new LinkedBlockingQueue<>();
    final BlockingQueue<Cut> cuts = new LinkedBlockingQueue<>();
    final DisposableServer server;
    final ErrorsAsRejections errors;
    final OpenConnections connections;

    /** Whether the gateway has too much to do. */
    volatile boolean tooMuch;

    volatile Upstream<Call> pipeline = call -> Mono.just(answer(new String(call.body(), StandardCharsets.UTF_8)));
    volatile HttpHandler other = PATH_AS_ANSWER;

    CallEdge() {
        this(IDLE, BODY_TIMEOUT, false);
    }

    private CallEdge(Duration idle, Duration bodyTimeout, boolean forwarded) {
        this(settings(idle, bodyTimeout), forwarded, HttpServer.create());
    }

    private CallEdge(RequestSettings settings, boolean forwarded, HttpServer bare) {
        var edge = new HttpServerCustomization(settings, this::serving, refused::add, new Failures(), CallReports.NONE);
        errors = edge.errors();
        var adapter = new ReactorHttpHandlerAdapter(
                edge.handler((request, response) -> other.handle(request, response), false));
        ServerLimits limits = edge.limits(forwarded, operation -> tooMuch);
        connections = limits.connections();
        server = limits.apply(bare.host("127.0.0.1").port(0)).handle(adapter).bindNow();
    }

    /** One that ends connections which are idle for so long. */
    static CallEdge withIdle(Duration idle) {
        return new CallEdge(idle, BODY_TIMEOUT, false);
    }

    /** One that waits so long for a body. */
    static CallEdge withBodyTimeout(Duration bodyTimeout) {
        return new CallEdge(IDLE, bodyTimeout, false);
    }

    /** One that has a proxy in front, and believes what that says of a caller's address. */
    static CallEdge behindAProxy() {
        return new CallEdge(IDLE, BODY_TIMEOUT, true);
    }

    /** One whose TLS offers HTTP/2 beside HTTP/1.1. */
    static CallEdge overHttp2(Certificate own, RequestSettings settings) throws Exception {
        SslProvider.GenericSslContextSpec<?> context = Http2SslContextSpec.forServer(own.keyManagers());
        return new CallEdge(
                settings,
                false,
                HttpServer.create()
                        .secure(tls -> tls.sslContext(context))
                        .protocol(HttpProtocol.HTTP11, HttpProtocol.H2));
    }

    private static RequestSettings settings(Duration idle, Duration bodyTimeout) {
        RequestSettings usual = RequestSettings.defaults();
        return new RequestSettings(
                ByteSize.kilobytes(1),
                bodyTimeout,
                usual.headerLimit(),
                idle,
                usual.writeTimeout(),
                usual.maxUnread(),
                usual.maxConnections(),
                usual.maxConnectionsPerAddress(),
                usual.maxDepth(),
                usual.http2());
    }

    private ServingSnapshot serving() {
        Upstream<Call> noted = call -> {
            asked.add(call);
            return pipeline.send(call);
        };
        var post = new Routes.Route(new Operation("call", "POST", "/call"), Set.of(), Duration.ofSeconds(10), noted);
        return new ServingSnapshot(
                new Routes(List.of(post)),
                OtherCalls.none(),
                new RejectionRenderer(ErrorShape.plain(), "https://errors.invalid"),
                new CallerFields(Set.of(), TrustedCallers.NONE),
                new PackWords(Optional.empty(), Set.of()));
    }

    static Reply answer(String body) {
        return new Answer(200, Headers.NONE, body.getBytes(StandardCharsets.UTF_8), Timing.NONE, Document.NONE);
    }

    private static Mono<Void> text(ServerHttpResponse response, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }

    /** A whole call whose answer is its body, unless a test says otherwise. */
    static String call(String body, String... fields) {
        return "POST /call HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n" + "Content-Length: "
                + body.length() + "\r\n" + lines(fields) + "\r\n" + body;
    }

    static String other(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n";
    }

    static String lines(String... fields) {
        return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    }

    Caller caller() throws IOException {
        return new Caller(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    /** A caller's connection. */
    record Caller(Socket socket) implements AutoCloseable {
        Caller {
            try {
                socket.setSoTimeout(PATIENCE_MILLIS);
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** The next answer, head and body; empty at the end. */
        String answer() throws IOException {
            String head = head();
            int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
            int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
            return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        }

        /** An answer's head alone. */
        String head() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return head.toString();
                }
                head.append((char) next);
            }
            return head.toString();
        }

        /** Whether the server ends the connection without another byte. */
        boolean isEnded() throws IOException {
            return socket.getInputStream().read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final class Failures extends NoConnectionEvents {
        @Override
        public void refused(Refused why) {
            turnedAway.add(why);
        }

        @Override
        public void cut(Cut why) {
            cuts.add(why);
        }

        @Override
        public void answerFailed(Throwable bug) {
            failed.add(bug);
        }

        @Override
        public void errorDropped(Throwable error) {
            failed.add(error);
        }
    }
}
