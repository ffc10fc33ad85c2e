package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pack with several methods of one path, several steps that are not exact, and a typed query, over real sockets. */
@Timeout(120)
class PathsOfAPackTest {
    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static HttpServer provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start(@TempDir Path pack) throws IOException {
        Files.writeString(pack.resolve("catalog.yml"), """
                description: users of tenants
                error-url: https://errors.invalid/{status}
                operations:
                  users.list: { method: GET, path: "/t/{tenant}/users" }
                  users.make: { method: POST, path: "/t/{tenant}/users" }
                  users.see: { method: GET, path: "/t/{tenant}/users/{user}", project: tenant }
                  users.drop: { method: DELETE, path: "/t/{tenant}/users/{user}", project: tenant }
                """);
        for (String operation : new String[] {"users.list", "users.make", "users.see", "users.drop"}) {
            Files.createDirectory(pack.resolve(operation));
            Files.writeString(pack.resolve(operation + "/reply.schema.json"), "{}");
        }
        Files.writeString(pack.resolve("users.make/request.schema.json"), "{}");
        Files.writeString(
                pack.resolve("users.list/request.schema.json"),
                "{'properties':{'limit':{'type':'integer','maximum':50},'tag':{'type':'array','items':{'enum':['a','b']}}}}"
                        .replace('\'', '"'));
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            SEEN.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:" + provider.getAddress().getPort(),
                "--sallyport.provider.pack=" + pack,
                "--sallyport.provider.projects[0].id=acme");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.stop(0);
    }

    private static HttpResponse<String> call(String method, String target) throws Exception {
        String body = method.equals("POST") ? "{\"name\":\"n\"}" : "";
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + target))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /t/acme/users",
        "GET, /t/acme/users?limit=50&tag=a&tag=b",
        "POST, /t/acme/users",
        "GET, /t/acme/users/u1",
        "DELETE, /t/acme/users/u2",
    })
    void each_method_of_a_path_is_an_operation_of_its_own(String method, String target) throws Exception {
        HttpResponse<String> answer = call(method, target);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(SEEN).contains(method + " " + target);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /t/acme/users,            405, METHOD_NOT_ALLOWED",
        "POST,   /t/acme/users/u3,         405, METHOD_NOT_ALLOWED",
        "GET,    /t/other/users/u3,        403, UNKNOWN_PROJECT",
        "GET,    /t/acme/users/u3/x,       404, UNKNOWN_OPERATION",
        "GET,    /t/acme/users/,           404, UNKNOWN_OPERATION",
        "GET,    /t/acme/users?limit=51,   400, REQUEST_BREAKS_CONTRACT",
        "GET,    /t/acme/users?limit=x,    400, REQUEST_BREAKS_CONTRACT",
        "GET,    /t/acme/users?tag=a&tag=c, 400, REQUEST_BREAKS_CONTRACT",
    })
    void what_no_operation_takes_reaches_no_provider(String method, String target, int status, String reason)
            throws Exception {
        HttpResponse<String> answer = call(method, target);

        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains(reason);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(SEEN).doesNotContain(method + " " + target);
    }

    @Test
    void allow_lists_every_method_of_the_path() throws Exception {
        assertThat(call("PUT", "/t/acme/users").headers().firstValue("Allow")).contains("GET, POST");
        assertThat(call("POST", "/t/acme/users/u3").headers().firstValue("Allow"))
                .contains("DELETE, GET");
    }
}
