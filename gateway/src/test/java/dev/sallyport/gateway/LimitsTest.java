package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What callers without a secret, or over a limit, can do to the permits of others. One test: buckets are shared. */
@Timeout(120)
final class LimitsTest {
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String WRONG_SECRET = "Basic "
            + Base64.getEncoder()
                    .encodeToString((Fixtures.CONSUMER_PROJECT_ID + ":guess").getBytes(StandardCharsets.UTF_8));
    private static final int PERMITS = 10;

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults(),
            "--server.forward-headers-strategy=native",
            "--sallyport.rate-limits.limits[0].name=per-project",
            "--sallyport.rate-limits.limits[0].key=project",
            "--sallyport.rate-limits.limits[0].permits=" + PERMITS,
            "--sallyport.rate-limits.limits[0].per=24h",
            "--sallyport.rate-limits.limits[1].name=per-address",
            "--sallyport.rate-limits.limits[1].key=address",
            "--sallyport.rate-limits.limits[1].permits=40",
            "--sallyport.rate-limits.limits[1].per=24h");

    @Test
    void callers_without_the_secret_do_not_use_up_a_projects_permits() throws Exception {
        for (int call = 0; call < 30; call++) {
            migrate("198.51.100." + call, WRONG_SECRET, GOOD);
            migrate("198.51.100." + call, WRONG_SECRET, "{}");
            migrate("198.51.100." + call, Fixtures.consumerAuthorization(), "{}");
            keys("198.51.100." + call);
        }
        for (int call = 0; call < 60; call++) {
            migrate("192.0.2.1", WRONG_SECRET, GOOD);
        }
        HttpResponse<String> guessing = migrate("192.0.2.2", WRONG_SECRET, GOOD);
        HttpResponse<String> drained = migrate("192.0.2.1", WRONG_SECRET, GOOD);

        assertThat(guessing.statusCode()).isEqualTo(401);
        assertThat(limit(drained)).isEqualTo("per-address");
        for (int call = 0; call < PERMITS; call++) {
            HttpResponse<String> answer = migrate("203.0.113." + call, Fixtures.consumerAuthorization(), GOOD);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        assertThat(limit(migrate("203.0.113.100", Fixtures.consumerAuthorization(), GOOD)))
                .isEqualTo("per-project");
    }

    private static String limit(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        return answer.body().replaceAll("(?s).*the limit \\\\\"([a-z-]+)\\\\\".*", "$1");
    }

    private static HttpResponse<String> migrate(String from, String authorization, String body)
            throws IOException, InterruptedException {
        return RUNNING.send(
                RUNNING.call("/v1/sessions/migrate", authorization, body).header("X-Forwarded-For", from));
    }

    private static void keys(String from) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://127.0.0.1:" + RUNNING.gateway().port() + "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID);
        RUNNING.send(HttpRequest.newBuilder(uri)
                .header("Authorization", WRONG_SECRET)
                .header("X-Forwarded-For", from));
    }
}
