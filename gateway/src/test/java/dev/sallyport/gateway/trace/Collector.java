package dev.sallyport.gateway.trace;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A collector that takes spans by OTLP over HTTP, and remembers them. */
public final class Collector implements AutoCloseable {
    private static final int OK = 200;
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String origin;
    private volatile int status = OK;

    /** A span, with what is told of it as texts. */
    public record Seen(Span span, Map<String, String> attributes) {
        private static Seen of(Span span) {
            return new Seen(
                    span,
                    span.getAttributesList().stream()
                            .collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute))));
        }

        private static String text(KeyValue attribute) {
            var value = attribute.getValue();
            return value.hasStringValue() ? value.getStringValue() : Long.toString(value.getIntValue());
        }

        public String name() {
            return span.getName();
        }

        public String traceId() {
            return hex(span.getTraceId().toByteArray());
        }

        public String id() {
            return hex(span.getSpanId().toByteArray());
        }

        public String parentId() {
            return hex(span.getParentSpanId().toByteArray());
        }

        public String parent() {
            return "00-" + traceId() + "-" + id() + "-01";
        }

        public @Nullable String told(String key) {
            return attributes.get(key);
        }
    }

    public Collector() throws IOException {
        this(HttpServer.create(LOCAL, 0), "http://127.0.0.1");
    }

    /** One that is spoken to by TLS, as localhost. */
    public Collector(SSLContext tls) throws IOException {
        this(secured(HttpsServer.create(LOCAL, 0), tls), "https://localhost");
    }

    private static HttpServer secured(HttpsServer server, SSLContext tls) {
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    private Collector(HttpServer server, String origin) {
        this.server = server;
        this.origin = origin;
        server.setExecutor(threads);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (status == OK) {
            bodies.add(body);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            requests.add(parsed(body));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static ExportTraceServiceRequest parsed(byte[] body) throws InvalidProtocolBufferException {
        return ExportTraceServiceRequest.parseFrom(body);
    }

    public URI endpoint() {
        return URI.create(origin + ":" + server.getAddress().getPort() + "/v1/traces");
    }

    /** Answers with this from now on. */
    public void answers(int other) {
        status = other;
    }

    public List<String> authorizations() {
        return authorizations;
    }

    public List<ExportTraceServiceRequest> requests() {
        return requests;
    }

    /** All that came, in Latin-1, in which every byte is a character. */
    public String bytes() {
        return bodies.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    /** Every span that came. */
    public List<Seen> spans() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .map(Seen::of)
                .toList();
    }

    /** The spans of one trace, once that of the whole call has come. */
    public List<Seen> traceOf(String requestId) {
        await().atMost(java.time.Duration.ofSeconds(60)).until(() -> whole(requestId) != null);
        Seen whole = whole(requestId);
        return spans().stream()
                .filter(span -> whole != null && span.traceId().equals(whole.traceId()))
                .toList();
    }

    private @Nullable Seen whole(String requestId) {
        return spans().stream()
                .filter(span -> requestId.equals(span.told("sallyport.request_id")))
                .findFirst()
                .orElse(null);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
