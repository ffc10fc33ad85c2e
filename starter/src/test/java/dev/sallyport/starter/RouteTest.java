package dev.sallyport.starter;

import static dev.sallyport.starter.RunningApplication.send;
import static dev.sallyport.starter.StubProvider.GOOD_CALL;
import static dev.sallyport.starter.StubProvider.MIGRATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.starter.StubProvider.Step;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an attempt does to a route, and a route to an attempt, with a provider that does as a test says. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // made before the tests
final class RouteTest {
    private static final String PROJECT = "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID;
    private static final String NO_BREAKER = "--sallyport.circuit-breaker.mode=off";

    private static StubProvider provider;
    private static RunningApplication application;

    @BeforeAll
    static void start() {
        provider = new StubProvider();
        application = RunningApplication.inFrontOf(
                provider.baseUrl(),
                List.of(
                        "SetPath=" + MIGRATE,
                        "SetRequestHeader=Authorization, " + Fixtures.consumerAuthorization(),
                        "SessionContract=sessions.migrate",
                        "PrefixPath=/mounted",
                        "AddResponseHeader=X-Behind, example"),
                PROJECT,
                NO_BREAKER,
                "--sallyport.deadline=2s",
                "--sallyport.retry.backoff=1ms",
                "--sallyport.deadlines[sessions.migrate]=1s");
    }

    @AfterAll
    static void stop() {
        application.close();
        provider.close();
    }

    @Test
    void filters_in_front_say_what_comes_and_those_behind_where_it_goes() throws Exception {
        provider.does();

        HttpResponse<String> answer = send(application.call("/portal/session", "Bearer of-the-portal", GOOD_CALL));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Behind")).contains("example");
        assertThat(provider.asked()).containsExactly("/mounted" + MIGRATE);
    }

    @Test
    void each_attempt_goes_the_whole_way_anew() throws Exception {
        double before = application.counted("sallyport.attempts", "operation", "sessions.migrate");
        provider.does(Step.TOO_MANY, Step.TOO_MANY);

        HttpResponse<String> answer = send(application.call("/portal/session", "Bearer of-the-portal", GOOD_CALL));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(provider.asked()).hasSize(3).containsOnly("/mounted" + MIGRATE);
        assertThat(application.counted("sallyport.attempts", "operation", "sessions.migrate"))
                .isEqualTo(before + 3);
    }

    @Test
    void a_connection_that_breaks_after_the_call_has_left_is_not_tried_again() throws Exception {
        for (Step broken : List.of(Step.HANG_UP, Step.CUT_SHORT)) {
            provider.does(broken);

            HttpResponse<String> answer = send(application.call("/portal/session", "Bearer of-the-portal", GOOD_CALL));

            assertRefused(answer, 502, "PROVIDER_UNREACHABLE");
            assertThat(answer.body()).contains("may have carried out");
            assertThat(provider.asked()).hasSize(1);
        }
    }

    @Test
    void what_is_not_answered_in_time_is_given_up_with_its_connection() throws Exception {
        provider.does(Step.SILENCE);

        HttpResponse<String> answer = send(application.call("/portal/session", "Bearer of-the-portal", GOOD_CALL));

        assertRefused(answer, 504, "PROVIDER_TIMED_OUT");
        await().until(() -> provider.givenUp() == 1);
    }

    @Test
    void a_provider_that_cannot_be_reached_did_not_get_the_call() throws Exception {
        var gone = new StubProvider();
        gone.close();
        try (var lost = RunningApplication.inFrontOf(gone.baseUrl(), List.of("SessionContract"), PROJECT, NO_BREAKER)) {
            HttpResponse<String> answer = send(lost.call(MIGRATE, Fixtures.consumerAuthorization(), GOOD_CALL));

            assertRefused(answer, 502, "PROVIDER_UNREACHABLE");
            assertThat(answer.body()).contains("The call was not made");
            assertThat(lost.counted("sallyport.attempts", "result", "unreachable"))
                    .isEqualTo(3);
        }
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String reason) {
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains(reason);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
