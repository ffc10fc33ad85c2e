package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.sessions.AttestRequest;
import com.stytch.java.b2b.models.sessions.ExchangeRequest;
import com.stytch.java.b2b.models.sessions.ExchangeRequestLocale;
import com.stytch.java.b2b.models.sessions.ExchangeResponse;
import com.stytch.java.b2b.models.sessions.RevokeRequestOptions;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.common.methodoptions.Authorization;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.api.sessions.Sessions;
import com.stytch.java.consumer.models.debug.WhoamiRequest;
import com.stytch.java.consumer.models.sessions.AuthenticateRequest;
import com.stytch.java.consumer.models.sessions.AuthenticateResponse;
import com.stytch.java.consumer.models.sessions.GetJWKSRequest;
import com.stytch.java.consumer.models.sessions.GetRequest;
import com.stytch.java.consumer.models.sessions.MigrateRequest;
import com.stytch.java.consumer.models.sessions.MigrateResponse;
import com.stytch.java.consumer.models.sessions.RevokeRequest;
import com.stytch.java.consumer.models.sessions.Session;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The provider's own Java client, unchanged but for its base URL, with the gateway in front of the provider. */
@Timeout(120)
class JavaSdkTest {
    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static OptionalClientConfig config;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID);
        config = new OptionalClientConfig("http://127.0.0.1:" + gateway.port());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        sandbox.close();
    }

    @Test
    void migrates_a_user_and_verifies_the_jwt_locally_with_keys_fetched_through_the_gateway() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            MigrateResponse reply =
                    value(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 60)));

            Session local = value(client.getSessions().authenticateJwtLocalCompletable(reply.getSessionJWT(), null, 0));

            assertThat(reply.getUserId()).isEqualTo(Fixtures.USER_ID);
            assertThat(local.getUserId()).isEqualTo(Fixtures.USER_ID);
        }
    }

    @Test
    void passes_a_reply_without_a_session_where_none_was_asked_for() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            MigrateResponse reply =
                    value(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN)));

            assertThat(reply.getSessionJWT()).isEmpty();
        }
    }

    @Test
    void fetches_the_keys() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            var keys = value(client.getSessions().getJWKSCompletable(new GetJWKSRequest(Fixtures.CONSUMER_PROJECT_ID)));

            assertThat(keys.getKeys()).isNotEmpty();
        }
    }

    @Test
    void migrates_a_member() {
        try (var client = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config)) {
            var request = new com.stytch.java.b2b.models.sessions.MigrateRequest(
                    Fixtures.FOREIGN_TOKEN, Fixtures.PLAIN_ORGANIZATION_SLUG, 60, Map.of("plan", "gold"));

            var reply = value(client.getSessions().migrateCompletable(request));

            assertThat(reply.getOrganization().getOrganizationId()).isEqualTo(Fixtures.PLAIN_ORGANIZATION_ID);
        }
    }

    @Test
    void exchanges_a_session_with_the_spelling_of_a_locale_that_only_this_client_uses() {
        ExchangeResponse reply = exchange(Fixtures.PLAIN_ORGANIZATION_ID);

        assertThat(reply.getMemberAuthenticated()).isTrue();
        assertThat(reply.getSessionJWT()).isNotEmpty();
    }

    @Test
    void exchanges_into_an_organization_that_still_wants_a_second_factor() {
        ExchangeResponse reply = exchange(Fixtures.MFA_ORGANIZATION_ID);

        assertThat(reply.getMemberAuthenticated()).isFalse();
        assertThat(reply.getIntermediateSessionToken()).isNotEmpty();
        assertThat(reply.getSessionJWT()).isEmpty();
    }

    @Test
    void exchanges_into_an_organization_that_wants_another_primary_factor() {
        ExchangeResponse reply = exchange(Fixtures.SSO_ORGANIZATION_ID);

        assertThat(reply.getPrimaryRequired()).isNotNull();
    }

    @Test
    void attests_a_trusted_token() {
        try (var client = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config)) {
            var request = new AttestRequest(
                    Fixtures.TRUSTED_PROFILE_ID, sandbox.fixtures().trustedToken());

            var reply = value(client.getSessions().attestCompletable(request));

            assertThat(reply.getSessionJWT()).isNotEmpty();
        }
    }

    @Test
    void authenticates_lists_and_revokes_the_sessions_of_a_user() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            Sessions sessions = client.getSessions();
            String token = value(sessions.migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 60)))
                    .getSessionToken();

            AuthenticateResponse found = value(sessions.authenticateCompletable(new AuthenticateRequest(token, 30)));
            AuthenticateResponse again = value(sessions.authenticateCompletable(
                    new AuthenticateRequest(null, null, found.getSessionJWT(), Map.of())));
            var listed = value(sessions.getCompletable(new GetRequest(Fixtures.USER_ID)));
            value(sessions.revokeCompletable(new RevokeRequest(null, token)));

            assertThat(again.getSessionToken()).isEmpty();
            assertThat(listed.getSessions())
                    .extracting(Session::getSessionId)
                    .contains(found.getSession().getSessionId());
            assertThat(error(sessions.authenticateCompletable(new AuthenticateRequest(token)))
                            .getReason()
                            .getErrorType())
                    .isEqualTo("session_not_found");
        }
    }

    @Test
    void authenticates_lists_and_revokes_the_sessions_of_a_member() {
        try (var client = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config)) {
            var sessions = client.getSessions();
            var member = value(sessions.authenticateCompletable(
                    new com.stytch.java.b2b.models.sessions.AuthenticateRequest(Fixtures.ADMIN_SESSION_TOKEN)));
            var listed = value(sessions.getCompletable(new com.stytch.java.b2b.models.sessions.GetRequest(
                    Fixtures.PLAIN_ORGANIZATION_SLUG, Fixtures.OTHER_MEMBER_ID)));
            var revoke = new com.stytch.java.b2b.models.sessions.RevokeRequest(
                    listed.getMemberSessions().get(0).getMemberSessionId());

            value(sessions.revokeCompletable(
                    revoke, new RevokeRequestOptions(new Authorization(Fixtures.ADMIN_SESSION_TOKEN, null))));

            assertThat(member.getSessionJWT()).isNotEmpty();
            var seen = sandbox.requests().get(sandbox.requests().size() - 1);
            assertThat(seen.header("X-Stytch-Member-Session")).contains(Fixtures.ADMIN_SESSION_TOKEN);
        }
    }

    @Test
    void asks_whose_credentials_it_has() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            var reply = value(client.getDebug().whoamiCompletable(new WhoamiRequest()));

            assertThat(reply.getProjectId()).isEqualTo(Fixtures.CONSUMER_PROJECT_ID);
        }
    }

    @Test
    void reads_a_refusal_of_a_query_as_an_ordinary_error() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            StytchException.Response refusal = error(client.getSessions().getCompletable(new GetRequest("")));

            assertThat(refusal.getReason().getErrorMessage()).contains("/user_id is a query parameter that");
        }
    }

    @Test
    void reads_a_refusal_as_an_ordinary_error_with_the_providers_type_and_our_message() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            StytchException.Response refusal =
                    error(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 1)));

            assertThat(refusal.getReason().getStatusCode()).isEqualTo(400);
            assertThat(refusal.getReason().getErrorType()).isEqualTo("invalid_session_duration_minutes");
            assertThat(refusal.getReason().getErrorMessage()).contains("/session_duration_minutes must be at least 5");
        }
    }

    @Test
    void reads_the_providers_own_errors_as_ever() {
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, "wrong", config)) {
            StytchException.Response error =
                    error(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN)));

            assertThat(error.getReason().getErrorType()).isEqualTo("unauthorized_credentials");
        }
    }

    private static ExchangeResponse exchange(String organization) {
        try (var client = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config)) {
            var request = new ExchangeRequest(
                    organization, Fixtures.MEMBER_SESSION_TOKEN, null, 60, Map.of(), ExchangeRequestLocale.PTBR);
            return value(client.getSessions().exchangeCompletable(request));
        }
    }

    private static <T> T value(CompletableFuture<StytchResult<T>> future) {
        StytchResult<T> result = future.join();
        assertThat(result).isInstanceOf(StytchResult.Success.class);
        return ((StytchResult.Success<T>) result).getValue();
    }

    private static StytchException.Response error(CompletableFuture<? extends StytchResult<?>> future) {
        StytchResult<?> result = future.join();
        assertThat(result).isInstanceOf(StytchResult.Error.class);
        return (StytchException.Response) ((StytchResult.Error) result).getException();
    }
}
