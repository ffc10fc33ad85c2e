package dev.sallyport.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.sandbox.Fixtures;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts that are refused, and in which words. */
@Timeout(120)
final class WrongStartTest {
    private static final String PROJECT = "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID;
    private static final String PROVIDER = "http://127.0.0.1:1";

    @Test
    void an_unknown_operation_on_a_route_is_named_with_the_nearest_one() {
        assertThat(problem(List.of("SessionContract=b2b.sessions.exchnge"), PROJECT))
                .isEqualTo(
                        "spring.cloud.gateway.server.webflux.routes[0].filters[0]: b2b.sessions.exchnge is no operation of the"
                                + " contract pack; did you mean b2b.sessions.exchange?");
    }

    @Test
    void a_filter_takes_one_operation_at_most() {
        assertThat(problem(List.of("SessionContract=b2b.sessions.exchange, sessions.migrate"), PROJECT))
                .contains("takes one operation, or none for all of the contract pack");
    }

    @Test
    void a_pack_that_cannot_be_read_is_named() {
        assertThat(problem(List.of("SessionContract"), PROJECT, "--sallyport.provider.pack=no-such-pack"))
                .contains("no-such-pack");
    }

    @Test
    void projects_must_be_listed() {
        assertThat(problem(List.of("SessionContract")))
                .isEqualTo("sallyport.provider.projects: must list the projects whose calls come here");
    }

    @Test
    void an_unknown_key_and_one_of_the_products_edge_are_mistakes() {
        assertThat(problem(
                        List.of("SessionContract"),
                        PROJECT,
                        "--sallyport.provider.bas-url=" + PROVIDER,
                        "--sallyport.drain.delay=1s",
                        "--sallyport.request.max-connections=5"))
                .contains(
                        "sallyport.provider.bas-url: is not a setting; did you mean sallyport.provider.base-url?",
                        "sallyport.drain: has no effect here",
                        "sallyport.request.max-connections: has no effect here");
    }

    @Test
    void without_a_provider_there_is_no_start() {
        Throwable failure =
                catchThrowable(() -> RunningApplication.with(List.of(PROJECT)).close());

        assertThat(analyzed(failure)).contains("sallyport.provider.base-url");
    }

    private static String problem(List<String> filters, String... settings) {
        Throwable failure = catchThrowable(
                () -> RunningApplication.inFrontOf(PROVIDER, filters, settings).close());
        return analyzed(failure);
    }

    /** As Spring Boot tells it. */
    private static String analyzed(Throwable failure) {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(new StartMistakeAnalyzer().analyze(failure), () -> String.valueOf(failure))
                .getDescription();
    }
}
