package dev.sallyport.sandbox.server;

import static dev.sallyport.sandbox.server.Access.ANY_PROJECT;
import static dev.sallyport.sandbox.server.Access.B2B_PROJECTS;
import static dev.sallyport.sandbox.server.Access.CONSUMER_PROJECTS;
import static dev.sallyport.sandbox.server.Access.EVERY_CALLER;

import dev.sallyport.sandbox.admin.AdminOperations;
import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.member.ActingMember;
import dev.sallyport.sandbox.operation.member.AttestMember;
import dev.sallyport.sandbox.operation.member.AuthenticateMember;
import dev.sallyport.sandbox.operation.member.Entry;
import dev.sallyport.sandbox.operation.member.ExchangeIntermediateSession;
import dev.sallyport.sandbox.operation.member.ExchangeMemberAccessToken;
import dev.sallyport.sandbox.operation.member.ExchangeSession;
import dev.sallyport.sandbox.operation.member.ListMemberSessions;
import dev.sallyport.sandbox.operation.member.MigrateMember;
import dev.sallyport.sandbox.operation.member.PublishOrganizationPolicy;
import dev.sallyport.sandbox.operation.member.RevokeMemberSessions;
import dev.sallyport.sandbox.operation.project.AnswerUserInfo;
import dev.sallyport.sandbox.operation.project.LookUpFingerprint;
import dev.sallyport.sandbox.operation.project.PublishKeys;
import dev.sallyport.sandbox.operation.project.PublishPolicy;
import dev.sallyport.sandbox.operation.project.SayWhoIsCalling;
import dev.sallyport.sandbox.operation.user.AttestUser;
import dev.sallyport.sandbox.operation.user.AuthenticateUser;
import dev.sallyport.sandbox.operation.user.ExchangeUserAccessToken;
import dev.sallyport.sandbox.operation.user.ListUserSessions;
import dev.sallyport.sandbox.operation.user.MigrateUser;
import dev.sallyport.sandbox.operation.user.RevokeUserSession;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Everything that can be asked for, in one table. Whatever is not here is refused. */
public record Routes(List<Route> table) {
    /** A route together with the values that the path gives its placeholders. */
    record Match(Route route, Map<String, String> path) {}

    public static Routes of(SandboxContext context, AdminOperations admin) {
        return new Routes(Stream.of(consumer(context), b2b(context), issuer(context), admin(admin))
                .flatMap(List::stream)
                .toList());
    }

    private static List<Route> consumer(SandboxContext it) {
        Directory directory = it.directory();
        return List.of(
                get("/v1/sessions", CONSUMER_PROJECTS, new ListUserSessions(directory, it.sessions())),
                post(
                        "/v1/sessions/authenticate",
                        CONSUMER_PROJECTS,
                        new AuthenticateUser(directory, it.selector(), it.access())),
                post("/v1/sessions/revoke", CONSUMER_PROJECTS, new RevokeUserSession(it.selector(), it.sessions())),
                post(
                        "/v1/sessions/migrate",
                        CONSUMER_PROJECTS,
                        new MigrateUser(directory, it.userInfo(), it.desk(), it.clock())),
                post("/v1/sessions/attest", CONSUMER_PROJECTS, new AttestUser(directory, it.attestation())),
                post(
                        "/v1/sessions/exchange_access_token",
                        CONSUMER_PROJECTS,
                        new ExchangeUserAccessToken(directory, it.exchange())),
                get(
                        "/v1/sessions/jwks/{project_id}",
                        EVERY_CALLER,
                        new PublishKeys(Product.CONSUMER, directory, it.keys())),
                get("/v1/rbac/policy", CONSUMER_PROJECTS, new PublishPolicy(directory.policy(Product.CONSUMER))),
                post("/v1/fingerprint/lookup", ANY_PROJECT, new LookUpFingerprint(it.clock())),
                get("/v1/debug/whoami", ANY_PROJECT, new SayWhoIsCalling()));
    }

    private static List<Route> b2b(SandboxContext it) {
        Directory directory = it.directory();
        Entry entry = new Entry(it.desk(), it.intermediate());
        ActingMember actor = new ActingMember(directory, it.selector());
        return List.of(
                get("/v1/b2b/sessions", B2B_PROJECTS, new ListMemberSessions(directory, it.sessions())),
                post(
                        "/v1/b2b/sessions/authenticate",
                        B2B_PROJECTS,
                        new AuthenticateMember(directory, it.selector(), it.access())),
                post(
                        "/v1/b2b/sessions/revoke",
                        B2B_PROJECTS,
                        new RevokeMemberSessions(directory, it.selector(), actor, it.sessions())),
                post(
                        "/v1/b2b/sessions/migrate",
                        B2B_PROJECTS,
                        new MigrateMember(directory, it.userInfo(), it.desk(), it.clock())),
                post("/v1/b2b/sessions/exchange", B2B_PROJECTS, new ExchangeSession(directory, it.selector(), entry)),
                post("/v1/b2b/sessions/attest", B2B_PROJECTS, new AttestMember(directory, it.attestation())),
                post(
                        "/v1/b2b/sessions/exchange_access_token",
                        B2B_PROJECTS,
                        new ExchangeMemberAccessToken(directory, it.exchange())),
                post(
                        "/v1/b2b/discovery/intermediate_sessions/exchange",
                        B2B_PROJECTS,
                        new ExchangeIntermediateSession(directory, it.intermediate(), entry)),
                get(
                        "/v1/b2b/sessions/jwks/{project_id}",
                        EVERY_CALLER,
                        new PublishKeys(Product.B2B, directory, it.keys())),
                get("/v1/b2b/rbac/policy", B2B_PROJECTS, new PublishPolicy(directory.policy(Product.B2B))),
                get(
                        "/v1/b2b/rbac/organizations/{organization_id}",
                        B2B_PROJECTS,
                        new PublishOrganizationPolicy(directory)));
    }

    private static List<Route> issuer(SandboxContext it) {
        return List.of(
                get(
                        "/issuer/.well-known/openid-configuration",
                        EVERY_CALLER,
                        call -> Mono.fromSupplier(it.issuer()::discovery)),
                get("/issuer/jwks", EVERY_CALLER, call -> Mono.fromSupplier(it.issuer()::jwks)),
                get("/issuer/userinfo", EVERY_CALLER, new AnswerUserInfo()));
    }

    private static List<Route> admin(AdminOperations admin) {
        return List.of(
                get("/sandbox/fixtures", EVERY_CALLER, admin::fixtures),
                get("/sandbox/faults", EVERY_CALLER, admin::faults),
                get("/sandbox/stats", EVERY_CALLER, admin::stats),
                post("/sandbox/keys/rotate", EVERY_CALLER, admin::rotateKeys),
                post("/sandbox/keys/withdraw", EVERY_CALLER, admin::withdrawOldKeys),
                post("/sandbox/jwks/faults/{fault}", EVERY_CALLER, admin::jwksFault));
    }

    private static Route get(String path, Access access, Operation operation) {
        return new Route("GET", path, access, operation);
    }

    private static Route post(String path, Access access, Operation operation) {
        return new Route("POST", path, access, operation);
    }

    /** Returns the route for a request, or refuses as the provider does. */
    Match match(String method, String path) {
        List<Match> fitting =
                table.stream().flatMap(route -> matched(route, path).stream()).toList();
        if (fitting.isEmpty()) {
            throw Refusal.of(ErrorType.ROUTE_NOT_FOUND);
        }
        return fitting.stream()
                .filter(match -> match.route().method().equals(method))
                .findFirst()
                .orElseThrow(() -> Refusal.ofMethod(methods(fitting)));
    }

    private static List<String> methods(List<Match> fitting) {
        return fitting.stream().map(match -> match.route().method()).distinct().toList();
    }

    private static Optional<Match> matched(Route route, String path) {
        return route.match(path).map(values -> new Match(route, values));
    }
}
