package dev.sallyport.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider whose every answer is an error in its own shape, and large where the call's query says so. */
final class LargeAnswers implements AutoCloseable {
    static final int LARGE = 900_000;
    static final String LARGE_CALL = "/v1/sessions?user_id=large";
    static final String SMALL_CALL = "/v1/sessions?user_id=small";

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    LargeAnswers() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.setExecutor(threads);
        server.createContext("/", LargeAnswers::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean large = exchange.getRequestURI().getQuery().contains("large");
        byte[] body = ("{\"status_code\":404,\"request_id\":\"request-id-test-1\",\"error_type\":\"user_not_found\","
                        + "\"error_message\":\"" + "x".repeat(large ? LARGE : 1)
                        + "\",\"error_url\":\"https://example.com\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
