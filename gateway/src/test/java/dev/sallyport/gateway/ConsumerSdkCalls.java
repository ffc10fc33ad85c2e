package dev.sallyport.gateway;

import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.api.sessions.Sessions;
import com.stytch.java.consumer.models.debug.WhoamiRequest;
import com.stytch.java.consumer.models.rbac.PolicyRequest;
import com.stytch.java.consumer.models.sessions.AttestRequest;
import com.stytch.java.consumer.models.sessions.AuthenticateRequest;
import com.stytch.java.consumer.models.sessions.ExchangeAccessTokenRequest;
import com.stytch.java.consumer.models.sessions.GetJWKSRequest;
import com.stytch.java.consumer.models.sessions.GetRequest;
import com.stytch.java.consumer.models.sessions.MigrateRequest;
import com.stytch.java.consumer.models.sessions.MigrateResponse;
import com.stytch.java.consumer.models.sessions.RevokeRequest;
import dev.sallyport.sandbox.Fixtures;
import java.util.Map;

/** A good call of each operation on users' sessions. None uses up what another needs. */
final class ConsumerSdkCalls {
    private ConsumerSdkCalls() {}

    static Map<String, SdkCall> of(StytchClient client, Fixtures known) {
        var sessions = client.getSessions();
        return Map.of(
                "sessions.list",
                () -> sessions.getCompletable(new GetRequest(Fixtures.USER_ID)),
                "sessions.authenticate",
                () -> sessions.authenticateCompletable(new AuthenticateRequest(Fixtures.USER_SESSION_TOKEN, 30)),
                "sessions.revoke",
                () -> sessions.revokeCompletable(new RevokeRequest(null, freshToken(sessions))),
                "sessions.migrate",
                () -> sessions.migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 60)),
                "sessions.exchange_access_token",
                () -> sessions.exchangeAccessTokenCompletable(
                        new ExchangeAccessTokenRequest(known.userAccessToken(), 60)),
                "sessions.attest",
                () -> sessions.attestCompletable(
                        new AttestRequest(Fixtures.USER_TRUSTED_PROFILE_ID, known.trustedToken(), 60)),
                "sessions.jwks",
                () -> sessions.getJWKSCompletable(new GetJWKSRequest(Fixtures.CONSUMER_PROJECT_ID)),
                "rbac.policy",
                () -> client.getRbac().policyCompletable(new PolicyRequest()),
                "debug.whoami",
                () -> client.getDebug().whoamiCompletable(new WhoamiRequest()));
    }

    private static String freshToken(Sessions sessions) {
        var made = sessions.migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 60))
                .join();
        return ((StytchResult.Success<MigrateResponse>) made).getValue().getSessionToken();
    }
}
