package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.EchoUpstream.Asked;
import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contracted paths in every spelling, past contracts that would refuse each call, by routes that take whatever comes: other calls,
 * and a route of the operator's that leads to the provider as well. What reaches it is none of these paths, however it is read.
 */
@Timeout(300)
final class SpellingsTest {
    private static final String OTHER = "--sallyport.other-calls[0].";
    private static final String OWN = "--spring.cloud.gateway.server.webflux.routes[0].";
    private static final String PROJECT = "project-test-11111111-1111-4111-8111-111111111111";
    private static final List<String> PATHS = List.of(
            "/v1/sessions", "/v1/sessions/migrate", "/v1/b2b/sessions/exchange", "/v1/b2b/sessions/jwks/" + PROJECT);
    /** The operation's path as it is written, with something else for a project: its contract holds. */
    private static final Pattern OF_ANOTHER_PROJECT =
            Pattern.compile("/v1/b2b/sessions/jwks/[-a-zA-Z0-9._~!$&'()*+,=:@]+(?<!/\\.{1,2})");

    private static final Set<String> REFUSED = Set.of("MALFORMED_HTTP", "UNKNOWN_OPERATION");

    private static EchoUpstream provider;
    private static TestGateway others;
    private static TestGateway own;

    @BeforeAll
    static void start() throws IOException {
        provider = new EchoUpstream();
        others = TestGateway.inFrontOf(provider.baseUrl(), OTHER + "id=all", OTHER + "predicates[0]=Path=/**");
        own = TestGateway.inFrontOf(
                provider.baseUrl(), OWN + "id=own", OWN + "uri=" + provider.baseUrl(), OWN + "predicates[0]=Path=/**");
    }

    @AfterAll
    static void stop() throws IOException {
        others.close();
        own.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.taken();
    }

    static Stream<Arguments> spellings() {
        return PATHS.stream()
                .flatMap(path -> Spellings.of(path)
                        .filter(spelling ->
                                !OF_ANOTHER_PROJECT.matcher(spelling).matches())
                        .map(spelling -> Arguments.of(path, spelling)));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("spellings")
    void no_spelling_of_a_contracted_path_gets_past_its_contract(String path, String spelling) throws IOException {
        for (TestGateway gateway : List.of(others, own)) {
            for (String method : List.of("GET", "POST")) {
                Answer answer = ask(gateway, method, spelling);

                assertThat(REFUSED).contains(answer.header("Sallyport-Rejection"));
            }
        }
        assertThat(provider.taken()).isEmpty();
    }

    /** A row that no server would fall for would show nothing. */
    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("spellings")
    void each_spelling_is_taken_for_the_path_by_some_server(String path, String spelling) {
        assertThat(Reading.values()).anyMatch(reading -> reading.takes(spelling, path));
    }

    @Test
    void each_kind_of_server_falls_for_many() {
        Map<Reading, Long> taken = Stream.of(Reading.values())
                .collect(Collectors.toMap(
                        reading -> reading,
                        reading -> PATHS.stream()
                                .flatMap(path -> Spellings.of(path).filter(spelling -> reading.takes(spelling, path)))
                                .count()));

        System.out.println(spellings().count() + " spellings, taken for a contracted path by " + taken);
        assertThat(taken.values()).allMatch(count -> count >= 8);
    }

    /** What a query says is no path, whatever it looks like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users?/../sessions/migrate",
                "/v1/users?x=/../../v1/sessions/migrate",
                "/v1/users?_method=POST&path=/v1/sessions/migrate",
                "/v1/users?%2f..%2fsessions%2fmigrate",
                "/v1/sessions/migrate/x",
                "/v1/sessionsx",
                "/x/v1/sessions/migrate"
            })
    void what_no_server_takes_for_a_contracted_path_goes_on_as_it_was_written(String target) throws IOException {
        for (TestGateway gateway : List.of(others, own)) {
            assertThat(ask(gateway, "GET", target).status()).isEqualTo(200);

            List<Asked> asked = provider.taken();
            assertThat(asked).extracting(Asked::target).containsExactly(target);
            assertThat(PATHS)
                    .noneMatch(path -> Stream.of(Reading.values()).anyMatch(reading -> reading.takes(target, path)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: /v1/sessions/migrate",
                "X-Original-URI: /v1/sessions/migrate",
                "X-Rewrite-URL: /v1/sessions/migrate",
                "X_Rewrite_URL: /v1/sessions/migrate",
                "x-original-url: http://provider/v1/sessions/migrate",
                "X-Original-Path: /v1/sessions/migrate",
                "X-Envoy-Original-Path: /v1/sessions/migrate",
                "X-Override-URL: /v1/sessions/migrate",
                "X-HTTP-Method-Override: POST",
                "X-HTTP-Method: POST",
                "X-Method-Override: POST",
            })
    void a_field_that_names_another_path_or_method_ends_at_the_gateway(String field) throws IOException {
        for (TestGateway gateway : List.of(others, own)) {
            assertThat(ask(gateway, "GET", "/v1/users", field).status()).isEqualTo(200);

            String name = field.substring(0, field.indexOf(':'));
            assertThat(provider.taken())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.field(name)).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GATEWAY", "gateway:80", "gateway.", "[::1]", "[::1]:80", "127.0.0.1", "provider.example.com"})
    void whatever_host_is_named_the_provider_gets_its_own_and_the_contract_holds(String host) throws IOException {
        for (String path : List.of("/v1/sessions/migrate", "/v1/sessions/migrate/")) {
            try (var client = new RawHttp(others.port())) {
                client.send(
                        head("POST " + path + " HTTP/1.1", "Host: " + host, AUTHORIZATION, JSON, "Content-Length: 2")
                                + "{}");

                assertThat(client.read().header("Sallyport-Rejection")).isNotEmpty();
            }
        }
        try (var client = new RawHttp(others.port())) {
            client.send(head("GET /v1/users HTTP/1.1", "Host: " + host));
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(provider.taken())
                .singleElement()
                .satisfies(asked -> assertThat(asked.field("host"))
                        .isEqualTo(provider.baseUrl().substring("http://".length())));
    }

    /** The path itself is not spelt: its contract holds, and no route is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"})
    void another_method_of_a_contracted_path_is_refused_by_its_contract(String method) throws IOException {
        for (TestGateway gateway : List.of(others, own)) {
            try (var client = new RawHttp(gateway.port())) {
                client.send(head(method + " /v1/sessions/migrate HTTP/1.1", RawCalls.HOST, AUTHORIZATION));

                Answer answer = client.readHead();
                assertThat(answer.header("Sallyport-Rejection")).isEqualTo("METHOD_NOT_ALLOWED");
                assertThat(answer.header("Allow")).isEqualTo("POST");
            }
        }
        assertThat(provider.taken()).isEmpty();
    }

    private static Answer ask(TestGateway gateway, String method, String target, String... fields) throws IOException {
        String[] all = Stream.concat(Stream.of(RawCalls.HOST, AUTHORIZATION), Stream.of(fields))
                .toArray(String[]::new);
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(method + " " + target + " HTTP/1.1", all));
            return client.read();
        }
    }
}
