package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.sessions.AttestRequest;
import com.stytch.java.b2b.models.sessions.ExchangeRequest;
import com.stytch.java.b2b.models.sessions.ExchangeResponse;
import com.stytch.java.b2b.models.sessions.MemberSession;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.models.sessions.GetJWKSRequest;
import com.stytch.java.consumer.models.sessions.MigrateRequest;
import com.stytch.java.consumer.models.sessions.MigrateResponse;
import com.stytch.java.consumer.models.sessions.Session;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider's own Java client, which fails on any reply that lacks what the provider promises. */
@Timeout(60)
class ProviderSdkTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final OptionalClientConfig config =
            new OptionalClientConfig(SANDBOX.sandbox().baseUrl());

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

    @Test
    void migrates_a_user_and_verifies_the_jwt_locally() {
        try (StytchClient client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            MigrateResponse reply =
                    value(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 60)));

            Session local = value(client.getSessions().authenticateJwtLocalCompletable(reply.getSessionJWT(), null, 0));
            assertThat(reply.getUserId()).isEqualTo(Fixtures.USER_ID);
            assertThat(local.getUserId()).isEqualTo(Fixtures.USER_ID);
        }
    }

    @Test
    void migrates_a_user_without_a_session() {
        try (StytchClient client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            MigrateResponse reply =
                    value(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN)));

            assertThat(reply.getSessionJWT()).isEmpty();
        }
    }

    @Test
    void reads_the_keys() {
        try (StytchClient client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            assertThat(value(client.getSessions().getJWKSCompletable(new GetJWKSRequest(Fixtures.CONSUMER_PROJECT_ID)))
                            .getKeys())
                    .hasSize(1);
        }
    }

    @Test
    void reads_an_error() {
        try (StytchClient client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, "wrong", config)) {
            StytchException.Response error =
                    error(client.getSessions().migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN)));

            assertThat(error.getReason().getErrorType()).isEqualTo("unauthorized_credentials");
        }
    }

    @Test
    void exchanges_a_member_session_in_all_three_ways_and_verifies_it() {
        try (StytchB2BClient client = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config)) {
            ExchangeResponse complete = exchange(client, Fixtures.PLAIN_ORGANIZATION_ID);
            ExchangeResponse mfaDue = exchange(client, Fixtures.MFA_ORGANIZATION_ID);
            ExchangeResponse primaryDue = exchange(client, Fixtures.SSO_ORGANIZATION_ID);

            MemberSession local = value(
                    client.getSessions().authenticateJwtLocalCompletable(complete.getSessionJWT(), null, null, 0));
            assertThat(local.getMemberId()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
            assertThat(mfaDue.getMfaRequired()).isNotNull();
            assertThat(primaryDue.getPrimaryRequired()).isNotNull();
        }
    }

    @Test
    void migrates_and_attests_a_member() {
        try (StytchB2BClient client = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config)) {
            String migrated = value(client.getSessions()
                            .migrateCompletable(new com.stytch.java.b2b.models.sessions.MigrateRequest(
                                    Fixtures.FOREIGN_TOKEN, Fixtures.PLAIN_ORGANIZATION_ID)))
                    .getMemberId();
            String attested = value(client.getSessions()
                            .attestCompletable(new AttestRequest(
                                    Fixtures.TRUSTED_PROFILE_ID,
                                    SANDBOX.sandbox().fixtures().trustedToken())))
                    .getMemberId();

            assertThat(migrated).isEqualTo(attested).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        }
    }

    private static ExchangeResponse exchange(StytchB2BClient client, String organization) {
        return value(client.getSessions()
                .exchangeCompletable(new ExchangeRequest(organization, Fixtures.MEMBER_SESSION_TOKEN)));
    }
}
