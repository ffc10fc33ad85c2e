package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.FrameCaller.DATA;
import static dev.sallyport.gateway.http.FrameCaller.END_HEADERS;
import static dev.sallyport.gateway.http.FrameCaller.END_STREAM;
import static dev.sallyport.gateway.http.FrameCaller.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.tls.Certificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Requests over HTTP/2, by a usual client and by frames: answered and refused as over HTTP/1.1. */
@Timeout(180)
final class Http2CallsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static SSLContext trusting;

    @SuppressWarnings("NullAway.Init") // set before all
    private static CallEdge edge;

    @BeforeAll
    static void start() throws Exception {
        Certificate localhost = Certificate.of(folder, "dns:localhost");
        trusting = localhost.trusting();
        edge = CallEdge.overHttp2(localhost, RequestSettings.defaults());
    }

    @AfterAll
    static void stop() {
        edge.close();
        assertThat(edge.failed).isEmpty();
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trusting).build();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + edge.server.port() + path))
                .header("Content-Type", "application/json");
    }

    private static FrameCaller frames() throws Exception {
        return FrameCaller.to(edge.server.port(), trusting);
    }

    @Test
    void calls_are_answered_over_whichever_version_the_caller_chooses() throws Exception {
        for (Version version : Version.values()) {
            HttpResponse<String> answer = client(version)
                    .send(to("/call").POST(BodyPublishers.ofString("hello")).build(), BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers().firstValue("connection")).isEmpty();
        }
    }

    @Test
    void many_calls_share_a_connection_and_each_has_its_own_answer() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        client.send(to("/call").POST(BodyPublishers.ofString("first")).build(), BodyHandlers.ofString());
        int connections = edge.connections.count();

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 80)
                .mapToObj(each -> client.sendAsync(
                        to("/call")
                                .POST(BodyPublishers.ofString("body-" + each))
                                .build(),
                        BodyHandlers.ofString()))
                .toList();

        for (int each = 0; each < calls.size(); each++) {
            assertThat(calls.get(each).get().body()).isEqualTo("body-" + each);
        }
        assertThat(edge.connections.count()).isLessThanOrEqualTo(connections);
    }

    @Test
    void what_is_no_call_is_handled_as_over_http_1() throws Exception {
        HttpClient client = client(Version.HTTP_2);

        HttpResponse<String> other = client.send(to("/other").GET().build(), BodyHandlers.ofString());
        HttpResponse<String> head =
                client.send(to("/other").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo("/other");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length")).contains("6");
    }

    @Test
    void another_request_sees_that_tls_brought_it() throws Exception {
        edge.other = (request, response) -> Mono.fromRunnable(
                        () -> response.getHeaders().set("seen", request.getURI().getScheme()))
                .then(response.setComplete());
        try {
            HttpResponse<String> answer =
                    client(Version.HTTP_2).send(to("/other").GET().build(), BodyHandlers.ofString());

            assertThat(answer.headers().firstValue("seen")).contains("https");
        } finally {
            edge.other = CallEdge.PATH_AS_ANSWER;
        }
    }

    @Test
    void refusals_are_the_same_and_the_connection_goes_on() throws Exception {
        HttpClient client = client(Version.HTTP_2);

        HttpResponse<String> method = client.send(to("/call").DELETE().build(), BodyHandlers.ofString());
        HttpResponse<String> media = client.send(
                to("/call")
                        .setHeader("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x".repeat(50_000)))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> large = client.send(
                to("/call").POST(BodyPublishers.ofString("x".repeat(70_000))).build(), BodyHandlers.ofString());
        HttpResponse<String> path = client.send(to("//call").GET().build(), BodyHandlers.ofString());
        HttpResponse<String> fields =
                client.send(to("/call").GET().header("x", "x".repeat(17_000)).build(), BodyHandlers.ofString());
        HttpResponse<String> good =
                client.send(to("/call").POST(BodyPublishers.ofString("good")).build(), BodyHandlers.ofString());

        assertThat(rejection(method)).isEqualTo("405 METHOD_NOT_ALLOWED");
        assertThat(method.headers().firstValue("allow")).contains("POST");
        assertThat(rejection(media)).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
        assertThat(rejection(large)).isEqualTo("413 BODY_TOO_LARGE");
        assertThat(rejection(path)).isEqualTo("400 MALFORMED_HTTP");
        assertThat(rejection(fields)).isEqualTo("431 HEADERS_TOO_LARGE");
        assertThat(good.body()).isEqualTo("good");
    }

    private static String rejection(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + answer.headers().firstValue("Sallyport-Rejection").orElse("");
    }

    @Test
    void a_body_may_come_in_pieces_without_a_length_and_with_trailers() throws Exception {
        try (var caller = frames()) {
            caller.call(1).send(DATA, 0, 1, "pie".getBytes(StandardCharsets.UTF_8));
            caller.send(DATA, 0, 1, "ces".getBytes(StandardCharsets.UTF_8));
            caller.send(HEADERS, END_HEADERS | END_STREAM, 1, FrameCaller.block("x-sum", "1"));

            assertThat(caller.outcome(1)).extracting("status", "body").containsExactly("200", "pieces");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a second path | :method POST :scheme https :authority gateway :path /call :path /other",
                "no path | :method POST :scheme https :authority gateway",
                "no method | :scheme https :authority gateway :path /call",
                "no scheme | :method POST :authority gateway :path /call",
                "another scheme | :method POST :scheme ftp :authority gateway :path /call",
                "a pseudo-header of answers | :method POST :scheme https :authority gateway :path /call :status 200",
                "one that is unknown | :method POST :scheme https :authority gateway :path /call :what ever",
                "one behind the fields | :method POST :scheme https :authority gateway x y :path /call",
                "a name in capitals | :method POST :scheme https :authority gateway :path /call X y",
                "a connection's field | :method POST :scheme https :authority gateway :path /call connection close",
                "a transfer coding | :method POST :scheme https :authority gateway :path /call transfer-encoding chunked",
                "an upgrade | :method POST :scheme https :authority gateway :path /call upgrade h2c",
                "a coding that is asked for | :method POST :scheme https :authority gateway :path /call te gzip",
                "a host beside another authority | :method POST :scheme https :authority gateway :path /call host other",
                "no host | :method POST :scheme https :path /call",
                "an authority with a user | :method POST :scheme https :authority a@gateway :path /call",
                "a whole URL as path | :method POST :scheme https :authority gateway :path https://gateway/call",
                "a path with dots | :method POST :scheme https :authority gateway :path /x/../call",
                "an escaped path | :method POST :scheme https :authority gateway :path /%63all",
                "a fragment | :method POST :scheme https :authority gateway :path /call#x",
                "two lengths | :method POST :scheme https :authority gateway :path /call content-length 2 content-length 3",
                "a list of lengths | :method POST :scheme https :authority gateway :path /call content-length 2,3",
                "a length with a sign | :method POST :scheme https :authority gateway :path /call content-length +2",
                "a length that is too long | :method POST :scheme https :authority gateway :path /call content-length 9",
                "a length that is too short | :method POST :scheme https :authority gateway :path /call content-length 1",
                "two credentials | :method POST :scheme https :authority gateway :path /call authorization a authorization b",
                "a method that is none | :method P(ST :scheme https :authority gateway :path /call",
            })
    void what_may_not_be_believed_reaches_no_call(String what, String fields) throws Exception {
        edge.asked.clear();
        try (var caller = frames()) {
            String[] parts = (fields + " content-type application/json").split(" ");
            caller.head(1, 0, parts).body(1, "{}");

            assertThat(caller.outcome(1).status()).as(what).matches("400( reset \\d+)?| reset 1| end");
        }
        assertThat(edge.asked).as("calls").isEmpty();
        try (var other = frames()) {
            assertThat(other.call(1).body(1, "good").outcome(1).body()).isEqualTo("good");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":path", "X-Up", "transfer-encoding", "te", "connection", "a\r\nb"})
    void trailers_that_may_not_be_are_told_to_be_the_callers_error(String name) throws Exception {
        edge.asked.clear();
        try (var caller = frames()) {
            caller.call(1).send(DATA, 0, 1, "{}".getBytes(StandardCharsets.UTF_8));
            caller.send(HEADERS, END_HEADERS | END_STREAM, 1, FrameCaller.block(name, "x"));

            assertThat(caller.outcome(1).status()).matches("400( reset 1)?| reset 1");
            assertThat(caller.call(3).body(3, "good").outcome(3).body()).isEqualTo("good");
        }
        assertThat(edge.asked).as("calls").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\n | x",
                "x y | x",
                "x | a\\nb",
                "x | a\\0b",
            })
    void fields_that_would_be_others_in_http_1_are_not_taken(String name, String value) throws Exception {
        edge.asked.clear();
        String odd = value.replace("\\n", "\r\nx: y").replace("\\0", "\0");
        try (var caller = frames()) {
            caller.call(1, name.replace("\\n", "x\r\n"), odd).body(1, "{}");

            assertThat(caller.outcome(1).status()).matches("400( reset \\d+)?| reset 1| end");
        }
        assertThat(edge.asked).isEmpty();
    }
}
