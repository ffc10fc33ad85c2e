import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.b2b.models.discoveryintermediatesessions.ExchangeRequest;
import com.stytch.java.b2b.models.rbacorganizations.GetOrgPolicyRequest;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation, and every kind of refusal, through the provider's SDK for Java. Prints a line for each: name, tab, ok or what was wrong. */
final class Calls {
    private static final JsonMapper JSON = new JsonMapper();
    private static final OptionalClientConfig BASE = new OptionalClientConfig(System.getenv("BASE"));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final JsonNode known = JSON.readTree(Path.of(System.getenv("FIXTURES")));
    private final String project = known("/consumer/project_id");
    private final String foreign = known("/foreign_session_tokens/good");
    private final String plain = known("/b2b/organizations/plain");
    private final StytchClient user = consumer(project, known("/consumer/secret"));
    private final StytchB2BClient member =
            new StytchB2BClient(known("/b2b/project_id"), known("/b2b/secret"), BASE);
    private boolean failed;

    public static void main(String[] args) throws Exception {
        var calls = new Calls();
        calls.operations();
        calls.localVerification();
        calls.refusals();
        System.exit(calls.failed ? 1 : 0);
    }

    private void operations() {
        var sessions = user.getSessions();
        var members = member.getSessions();
        attempt("sessions.list", () -> value(sessions.getCompletable(new GetRequest(known("/consumer/user_id")))));
        attempt(
                "sessions.authenticate",
                () -> value(sessions.authenticateCompletable(new AuthenticateRequest(known("/consumer/session_token")))));
        attempt(
                "sessions.revoke",
                () -> value(sessions.revokeCompletable(new RevokeRequest(null, migrated(60).getSessionToken()))));
        attempt("sessions.migrate", () -> migrated(60));
        attempt(
                "sessions.exchange_access_token",
                () -> value(sessions.exchangeAccessTokenCompletable(
                        new ExchangeAccessTokenRequest(known("/access_tokens/of_user"), 60))));
        attempt(
                "sessions.attest",
                () -> value(sessions.attestCompletable(
                        new AttestRequest(known("/trusted_tokens/user_profile_id"), known("/trusted_tokens/good"), 60))));
        attempt("sessions.jwks", () -> value(sessions.getJWKSCompletable(new GetJWKSRequest(project))));
        attempt("rbac.policy", () -> value(user.getRbac().policyCompletable(new PolicyRequest())));
        attempt("debug.whoami", () -> value(user.getDebug().whoamiCompletable(new WhoamiRequest())));
        attempt(
                "b2b.sessions.list",
                () -> value(members.getCompletable(
                        new com.stytch.java.b2b.models.sessions.GetRequest(plain, known("/b2b/member_id")))));
        attempt("b2b.sessions.authenticate", this::adminJwt);
        attempt(
                "b2b.sessions.revoke",
                () -> value(members.revokeCompletable(
                        new com.stytch.java.b2b.models.sessions.RevokeRequest(
                                null, memberMigrated().getSessionToken()),
                        new com.stytch.java.b2b.models.sessions.RevokeRequestOptions())));
        attempt(
                "b2b.sessions.exchange",
                () -> value(members.exchangeCompletable(new com.stytch.java.b2b.models.sessions.ExchangeRequest(
                        plain, known("/b2b/session_tokens/magic_link")))));
        attempt(
                "b2b.sessions.exchange_access_token",
                () -> value(members.exchangeAccessTokenCompletable(
                        new com.stytch.java.b2b.models.sessions.ExchangeAccessTokenRequest(
                                known("/access_tokens/of_member"), 60))));
        attempt(
                "b2b.sessions.attest",
                () -> value(members.attestCompletable(new com.stytch.java.b2b.models.sessions.AttestRequest(
                        known("/trusted_tokens/profile_id"), known("/trusted_tokens/good")))));
        attempt("b2b.sessions.migrate", this::memberMigrated);
        attempt(
                "b2b.sessions.jwks",
                () -> value(members.getJWKSCompletable(
                        new com.stytch.java.b2b.models.sessions.GetJWKSRequest(known("/b2b/project_id")))));
        attempt(
                "b2b.rbac.policy",
                () -> value(member.getRbac()
                        .policyCompletable(new com.stytch.java.b2b.models.rbac.PolicyRequest())));
        attempt(
                "b2b.rbac.organizations.policy",
                () -> value(member.getRbac().getOrganizations().getOrgPolicyCompletable(new GetOrgPolicyRequest(plain))));
        attempt(
                "b2b.discovery.intermediate_sessions.exchange",
                () -> value(member.getDiscovery()
                        .getIntermediateSessions()
                        .exchangeCompletable(new ExchangeRequest(
                                known("/intermediate_session_tokens/magic_link"), plain, 60))));
    }

    /** The SDK has no authorization check for users, and for members it goes by the project's roles alone. */
    private void localVerification() {
        attempt(
                "verify a user's JWT locally",
                () -> value(user.getSessions().authenticateJwtLocalCompletable(migrated(60).getSessionJWT(), null, 0)));
        attempt("verify a member's JWT locally", () -> local(adminJwt(), null));
        attempt("… of an organization, with an authorization check", () -> {
            String token = adminJwt();
            local(token, plain);
            try {
                local(token, known("/b2b/organizations/requires_mfa"));
            } catch (RuntimeException denied) {
                return token;
            }
            throw new IllegalStateException("what no role permits was permitted");
        });
    }

    private Object local(String token, String organization) {
        var check = organization == null
                ? null
                : new com.stytch.java.b2b.models.sessions.AuthorizationCheck(organization, "documents", "delete");
        return value(member.getSessions().authenticateJwtLocalCompletable(token, null, check, 0));
    }

    private void refusals() throws Exception {
        attempt(
                "refused: REQUEST_BREAKS_CONTRACT",
                () -> refused(send(user, new MigrateRequest(foreign, 1)), 400, "invalid_session_duration_minutes"));
        attempt(
                "refused: UNKNOWN_PROJECT",
                () -> refused(
                        send(consumer("project-test-of-another", "a-secret"), new MigrateRequest(foreign)),
                        403,
                        "project_not_allowed"));
        attempt("refused: RATE_LIMITED", () -> {
            var traced = new MigrateRequest(foreign, null, Map.of(), "of-java");
            value(send(user, traced));
            return refused(send(user, traced), 429, "too_many_requests");
        });
        for (JsonNode row : JSON.readTree(Path.of(System.getenv("REFUSALS")))) {
            attempt(row.path("name").asString(), () -> {
                fault(row.path("fault").asString());
                try {
                    return refused(
                            send(user, new MigrateRequest(foreign, 60)),
                            row.path("status").asInt(),
                            row.path("type").asString());
                } finally {
                    fault("none");
                }
            });
        }
        attempt(
                "the provider's own: unauthorized_credentials",
                () -> refused(send(consumer(project, "wrong"), new MigrateRequest(foreign)), 401, "unauthorized_credentials"));
        attempt("the provider's own: session_not_found", () -> {
            String token = migrated(60).getSessionToken();
            value(user.getSessions().revokeCompletable(new RevokeRequest(null, token)));
            return refused(
                    user.getSessions().authenticateCompletable(new AuthenticateRequest(token)), 404, "session_not_found");
        });
    }

    private MigrateResponse migrated(int minutes) {
        return value(send(user, new MigrateRequest(foreign, minutes)));
    }

    private com.stytch.java.b2b.models.sessions.MigrateResponse memberMigrated() {
        return value(member.getSessions()
                .migrateCompletable(new com.stytch.java.b2b.models.sessions.MigrateRequest(foreign, plain, 60)));
    }

    private String adminJwt() {
        return value(member.getSessions()
                        .authenticateCompletable(new com.stytch.java.b2b.models.sessions.AuthenticateRequest(
                                known("/b2b/session_tokens/of_an_admin"))))
                .getSessionJWT();
    }

    private static CompletableFuture<StytchResult<MigrateResponse>> send(StytchClient client, MigrateRequest request) {
        return client.getSessions().migrateCompletable(request);
    }

    private static StytchClient consumer(String project, String secret) {
        return new StytchClient(project, secret, BASE);
    }

    private String known(String pointer) {
        return known.at(pointer).asString();
    }

    private void attempt(String name, Callable<?> call) {
        String said = "ok";
        try {
            call.call();
        } catch (Exception problem) {
            failed = true;
            said = String.valueOf(problem.getMessage()).replace('\n', ' ');
        }
        System.out.println(name + "\t" + said);
    }

    private static <T> T value(CompletableFuture<StytchResult<T>> future) {
        if (future.join() instanceof StytchResult.Success<T> success) {
            return success.getValue();
        }
        throw new IllegalStateException(String.valueOf(future.join()));
    }

    private static Object refused(CompletableFuture<? extends StytchResult<?>> future, int status, String type) {
        if (!(future.join() instanceof StytchResult.Error error)
                || !(error.getException() instanceof StytchException.Response told)) {
            throw new IllegalStateException("no refusal: " + future.join());
        }
        var reason = told.getReason();
        if (reason.getStatusCode() != status || !type.equals(reason.getErrorType())) {
            throw new IllegalStateException("told " + reason.getStatusCode() + " " + reason.getErrorType());
        }
        if (reason.getErrorMessage().isEmpty() || reason.getErrorUrl().isEmpty() || reason.getRequestId().isEmpty()) {
            throw new IllegalStateException("the message, id or address is missing");
        }
        return told;
    }

    private static void fault(String name) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(System.getenv("FAULTS") + "/fault/" + name))
                .POST(HttpRequest.BodyPublishers.noBody());
        HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }
}
