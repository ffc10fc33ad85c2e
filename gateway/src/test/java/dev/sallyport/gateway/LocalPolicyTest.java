package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.sessions.AuthenticateRequest;
import com.stytch.java.b2b.models.sessions.AuthorizationCheck;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchResult;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The provider's Java client verifies and decides by itself, with the provider up and then gone. */
@Timeout(120)
final class LocalPolicyTest {
    @Test
    void a_client_decides_by_the_last_policy_while_the_provider_is_down() {
        var sandbox = Sandbox.start(SandboxOptions.defaults());
        try (var gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(), "--sallyport.provider.projects[0].id=" + Fixtures.B2B_PROJECT_ID)) {
            String jwt;
            try (sandbox;
                    var client = client(gateway, Fixtures.B2B_SECRET)) {
                jwt = value(client.getSessions()
                                .authenticateCompletable(new AuthenticateRequest(Fixtures.MEMBER_SESSION_TOKEN)))
                        .getSessionJWT();
                assertThat(check(gateway, Fixtures.B2B_SECRET, jwt, "read")).isInstanceOf(StytchResult.Success.class);
            }

            assertThat(check(gateway, Fixtures.B2B_SECRET, jwt, "read")).isInstanceOf(StytchResult.Success.class);
            assertThat(check(gateway, Fixtures.B2B_SECRET, jwt, "delete")).isInstanceOf(StytchResult.Error.class);
            assertThat(check(gateway, "guessed", jwt, "read")).isInstanceOf(StytchResult.Error.class);
        }
    }

    /** By a new client, which knows neither keys nor policy. */
    private static StytchResult<?> check(TestGateway gateway, String secret, String jwt, String action) {
        var question = new AuthorizationCheck(Fixtures.PLAIN_ORGANIZATION_ID, "documents", action);
        try (var client = client(gateway, secret)) {
            return client.getSessions()
                    .authenticateJwtLocalCompletable(jwt, null, question, 0)
                    .join();
        }
    }

    private static StytchB2BClient client(TestGateway gateway, String secret) {
        return new StytchB2BClient(
                Fixtures.B2B_PROJECT_ID, secret, new OptionalClientConfig("http://127.0.0.1:" + gateway.port()));
    }

    private static <T> T value(CompletableFuture<StytchResult<T>> future) {
        StytchResult<T> result = future.join();
        assertThat(result).isInstanceOf(StytchResult.Success.class);
        return ((StytchResult.Success<T>) result).getValue();
    }
}
