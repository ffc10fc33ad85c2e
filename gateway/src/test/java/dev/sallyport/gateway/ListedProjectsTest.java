package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.BODY;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawCalls.LENGTH;
import static dev.sallyport.gateway.RawCalls.LINE;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With projects listed, a call goes on only if it names one of them in a way that everyone reads alike. */
@Timeout(120)
final class ListedProjectsTest {
    private static final String LISTED = Fixtures.CONSUMER_PROJECT_ID;
    private static final String GOOD = Fixtures.consumerAuthorization();
    private static final String ENCODED = GOOD.substring("Basic ".length());
    private static final String JWKS = "/v1/sessions/jwks/";

    @RegisterExtension
    static final RunningGateway RUNNING =
            RunningGateway.with(SandboxOptions.defaults(), "--sallyport.provider.projects[0].id=" + LISTED);

    @ParameterizedTest
    @MethodSource("unlisted")
    void a_call_whose_credentials_name_no_listed_project_never_reaches_the_provider(String authorization)
            throws IOException {
        long before = RUNNING.sandbox().received();

        Answer answer = sent(head(LINE, HOST, JSON, LENGTH, authorization) + BODY);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_PROJECT");
        assertThat(answer.body()).doesNotContain("secret");
        assertThat(RUNNING.sandbox().received()).isEqualTo(before);
    }

    static Stream<String> unlisted() {
        return Stream.concat(
                Stream.of(
                        "X-No: credentials",
                        "Authorization:",
                        "Authorization: Basic",
                        "Authorization: Basic ",
                        "Authorization: Bearer " + ENCODED,
                        "Authorization: " + ENCODED,
                        "Authorization: Basic\t" + ENCODED,
                        "Authorization: Basic " + ENCODED + "!",
                        "Authorization: Basic " + ENCODED.substring(0, 9) + " " + ENCODED.substring(9),
                        "Authorization: Basic " + ENCODED + ", Basic " + ENCODED,
                        "Authorization: Basic =" + ENCODED,
                        "Authorization: " + Fixtures.b2bAuthorization()),
                Stream.of(
                                LISTED,
                                ":" + LISTED,
                                " " + LISTED + ":secret",
                                LISTED + " :secret",
                                LISTED + "\0:secret",
                                LISTED + "\n:secret",
                                LISTED + "\u0085:secret",
                                LISTED.toUpperCase(java.util.Locale.ROOT) + ":secret")
                        .map(user -> "Authorization: Basic " + encoded(user.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC   ", " Basic "})
    void a_call_that_names_a_listed_project_is_answered(String scheme) throws IOException {
        Answer answer = sent(head(LINE, HOST, JSON, LENGTH, "Authorization:" + scheme + ENCODED + " ") + BODY);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("keysOfListed")
    void keys_of_a_listed_project_need_no_credentials(String fields) throws IOException {
        assertThat(sent(head("GET " + JWKS + LISTED + " HTTP/1.1", HOST, fields))
                        .status())
                .isEqualTo(200);
    }

    static Stream<String> keysOfListed() {
        return Stream.of("X-No: credentials", "Authorization: " + GOOD, "Authorization: Bearer x");
    }

    @ParameterizedTest
    @MethodSource("keysOfOthers")
    void keys_of_another_project_or_with_the_credentials_of_another_are_refused(
            String project, String fields, String told) throws IOException {
        Answer answer = sent(head("GET " + JWKS + project + " HTTP/1.1", HOST, fields));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_PROJECT");
        assertThat(answer.body()).contains(told);
    }

    static Stream<Arguments> keysOfOthers() {
        String other = Fixtures.B2B_PROJECT_ID;
        return Stream.of(
                arguments(other, "X-No: credentials", "This project may not be called"),
                arguments(other, "Authorization: " + Fixtures.b2bAuthorization(), "This project may not be called"),
                arguments(other, "Authorization: " + GOOD, "its path and its credentials name different ones"),
                arguments("nosuch", "Authorization: " + GOOD, "its path and its credentials name different ones"),
                arguments(
                        LISTED,
                        "Authorization: " + Fixtures.b2bAuthorization(),
                        "its path and its credentials name different ones"));
    }

    private static Answer sent(String request) throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(request);
            return client.read();
        }
    }

    private static String encoded(byte[] credentials) {
        return Base64.getEncoder().encodeToString(credentials);
    }
}
