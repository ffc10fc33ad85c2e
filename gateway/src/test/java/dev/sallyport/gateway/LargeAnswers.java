package dev.sallyport.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider whose answers are errors, or large where the call's query says so: lists with much white space in them. */
final class LargeAnswers implements AutoCloseable {
    private static final String LIST = "{\"status_code\":200,\"request_id\":\"request-id-test-1\",\"sessions\":[%s]}";
    private static final String ERROR = """
            {"status_code":404,"request_id":"request-id-test-1","error_type":"user_not_found","error_message":"none",\
            "error_url":"https://example.com"}""";
    static final String LARGE_CALL = "/v1/sessions?user_id=large";
    static final String SMALL_CALL = "/v1/sessions?user_id=small";

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;
    private final String list;

    /**
     * A provider on a free port.
     *
     * @param large bytes of white space in a large answer
     */
    LargeAnswers(int large) throws IOException {
        this.list = LIST.formatted(" ".repeat(large));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean large = exchange.getRequestURI().getQuery().contains("large");
        byte[] body = (large ? list : ERROR).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(large ? 200 : 404, body.length);
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
