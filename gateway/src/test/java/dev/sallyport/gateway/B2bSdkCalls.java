package dev.sallyport.gateway;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.rbac.PolicyRequest;
import com.stytch.java.b2b.models.rbacorganizations.GetOrgPolicyRequest;
import com.stytch.java.b2b.models.sessions.AttestRequest;
import com.stytch.java.b2b.models.sessions.AuthenticateRequest;
import com.stytch.java.b2b.models.sessions.ExchangeAccessTokenRequest;
import com.stytch.java.b2b.models.sessions.ExchangeRequest;
import com.stytch.java.b2b.models.sessions.GetJWKSRequest;
import com.stytch.java.b2b.models.sessions.GetRequest;
import com.stytch.java.b2b.models.sessions.MigrateRequest;
import com.stytch.java.b2b.models.sessions.RevokeRequest;
import com.stytch.java.b2b.models.sessions.RevokeRequestOptions;
import com.stytch.java.common.methodoptions.Authorization;
import dev.sallyport.sandbox.Fixtures;
import java.util.Map;

/** A good call of each operation on members' sessions. None uses up what another needs. */
final class B2bSdkCalls {
    private B2bSdkCalls() {}

    static Map<String, SdkCall> of(StytchB2BClient client, Fixtures known) {
        var sessions = client.getSessions();
        var intermediate = client.getDiscovery().getIntermediateSessions();
        var admin = new RevokeRequestOptions(new Authorization(Fixtures.ADMIN_SESSION_TOKEN, null));
        return Map.ofEntries(
                call(
                        "b2b.sessions.list",
                        () -> sessions.getCompletable(
                                new GetRequest(Fixtures.PLAIN_ORGANIZATION_SLUG, Fixtures.PLAIN_MEMBER_ID))),
                call(
                        "b2b.sessions.authenticate",
                        () -> sessions.authenticateCompletable(
                                new AuthenticateRequest(Fixtures.TWO_FACTOR_SESSION_TOKEN))),
                call(
                        "b2b.sessions.revoke",
                        () -> sessions.revokeCompletable(
                                new RevokeRequest(null, Fixtures.OTHER_MEMBER_SESSION_TOKEN), admin)),
                call(
                        "b2b.sessions.exchange",
                        () -> sessions.exchangeCompletable(
                                new ExchangeRequest(Fixtures.PLAIN_ORGANIZATION_ID, Fixtures.MEMBER_SESSION_TOKEN))),
                call(
                        "b2b.sessions.exchange_access_token",
                        () -> sessions.exchangeAccessTokenCompletable(
                                new ExchangeAccessTokenRequest(known.memberAccessToken(), 60))),
                call(
                        "b2b.sessions.attest",
                        () -> sessions.attestCompletable(
                                new AttestRequest(Fixtures.TRUSTED_PROFILE_ID, known.trustedToken()))),
                call(
                        "b2b.sessions.migrate",
                        () -> sessions.migrateCompletable(
                                new MigrateRequest(Fixtures.FOREIGN_TOKEN, Fixtures.PLAIN_ORGANIZATION_ID, 60))),
                call(
                        "b2b.sessions.jwks",
                        () -> sessions.getJWKSCompletable(new GetJWKSRequest(Fixtures.B2B_PROJECT_ID))),
                call("b2b.rbac.policy", () -> client.getRbac().policyCompletable(new PolicyRequest())),
                call(
                        "b2b.rbac.organizations.policy",
                        () -> client.getRbac()
                                .getOrganizations()
                                .getOrgPolicyCompletable(new GetOrgPolicyRequest(Fixtures.PLAIN_ORGANIZATION_ID))),
                call(
                        "b2b.discovery.intermediate_sessions.exchange",
                        () -> intermediate.exchangeCompletable(
                                new com.stytch.java.b2b.models.discoveryintermediatesessions.ExchangeRequest(
                                        known.intermediateSessionToken(), Fixtures.PLAIN_ORGANIZATION_ID, 60))));
    }

    private static Map.Entry<String, SdkCall> call(String operation, SdkCall call) {
        return Map.entry(operation, call);
    }
}
