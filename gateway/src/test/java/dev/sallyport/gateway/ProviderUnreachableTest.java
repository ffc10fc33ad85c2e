package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** By itself: two gateways in one process share Reactor Netty's event loops, and the first to close stops both. */
final class ProviderUnreachableTest {
    /** No server of a test's may have this port; one that was free a moment ago may be a server's of the other process by now. */
    private static final String NOWHERE = "http://127.0.0.1:1";

    private static final int CALLS = 12;
    private static final int RESERVE = 10;

    /** With a share of nothing, only one a second is there for retries: ten within ten seconds. */
    @Test
    void a_provider_on_a_closed_port_is_unreachable_and_tried_again_within_the_budget() throws IOException {
        try (var nowhere = TestGateway.inFrontOf(
                        NOWHERE,
                        "--sallyport.retry.attempts=2",
                        "--sallyport.retry.backoff=1ms",
                        "--sallyport.retry.budget=0%",
                        "--sallyport.retry.minimum=1",
                        "--sallyport.rate-limits.limits[0].name=per-address",
                        "--sallyport.rate-limits.limits[0].key=address",
                        "--sallyport.rate-limits.limits[0].permits=" + CALLS,
                        "--sallyport.rate-limits.limits[0].per=24h");
                var client = new RawHttp(nowhere.port())) {
            for (int call = 0; call < CALLS; call++) {
                Answer answer = migrate(client, "198.51.100." + call);

                assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
                assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
                assertThat(answer.body()).contains("The call was not made.");
            }
            Answer further = migrate(client, "198.51.100.200");

            assertThat(further.status())
                    .as("a header says nothing of where a caller is unless the settings believe it")
                    .isEqualTo(429);
            assertThat(nowhere.scraped())
                    .contains(
                            "sallyport_retries_total{operation=\"sessions.migrate\",why=\"unreachable\"} " + RESERVE
                                    + ".0",
                            "sallyport_retries_total{operation=\"sessions.migrate\",why=\"out_of_budget\"} "
                                    + (CALLS - RESERVE) + ".0",
                            "sallyport_rate_limited_total{limit=\"per-address\"} 1.0");
        }
    }

    /** By no name server, or by none within the call's time. */
    @Test
    void a_provider_whose_name_does_not_exist_is_unreachable_and_the_log_says_why() throws IOException {
        try (var nowhere = TestGateway.inFrontOf("http://provider.invalid", "--sallyport.deadline=2s");
                var client = new RawHttp(nowhere.port());
                var log = new LogCapture()) {
            log.quiet();

            Answer answer = migrate(client, "198.51.100.1");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
            assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
            assertThat(answer.body()).contains("The call was not made.");
            assertThat(Waiting.until("its line", log::taken, text -> text.contains("sessions.migrate")))
                    .containsAnyOf("UnknownHostException", "NoConnection");
        }
    }

    private static Answer migrate(RawHttp client, String forwardedFor) throws IOException {
        client.send(head(
                        "POST /v1/sessions/migrate HTTP/1.1",
                        "Host: gateway",
                        "X-Forwarded-For: " + forwardedFor,
                        "Authorization: " + Fixtures.consumerAuthorization(),
                        "Content-Type: application/json",
                        "Content-Length: 23")
                + "{\"session_token\":\"abc\"}");
        return client.read();
    }
}
