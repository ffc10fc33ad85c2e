package dev.sallyport.sandbox.server;

import static dev.sallyport.sandbox.server.Access.ANYBODY;
import static dev.sallyport.sandbox.server.Access.B2B_PROJECTS;
import static dev.sallyport.sandbox.server.Access.CONSUMER_PROJECTS;

import dev.sallyport.sandbox.admin.AdminOperations;
import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.issuer.AnswerUserInfo;
import dev.sallyport.sandbox.operation.AttestMember;
import dev.sallyport.sandbox.operation.ExchangeSession;
import dev.sallyport.sandbox.operation.MigrateMember;
import dev.sallyport.sandbox.operation.MigrateUser;
import dev.sallyport.sandbox.operation.PublishKeys;
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

    public static Routes of(World world, AdminOperations admin) {
        return new Routes(Stream.of(provider(world), issuer(world), admin(admin))
                .flatMap(List::stream)
                .toList());
    }

    private static List<Route> provider(World it) {
        return List.of(
                new Route(
                        "POST",
                        "/v1/sessions/migrate",
                        CONSUMER_PROJECTS,
                        new MigrateUser(it.directory(), it.userInfo(), it.desk(), it.clock())),
                new Route(
                        "POST",
                        "/v1/b2b/sessions/migrate",
                        B2B_PROJECTS,
                        new MigrateMember(it.directory(), it.userInfo(), it.desk(), it.clock())),
                new Route(
                        "POST",
                        "/v1/b2b/sessions/exchange",
                        B2B_PROJECTS,
                        new ExchangeSession(it.directory(), it.selector(), it.desk())),
                new Route(
                        "POST",
                        "/v1/b2b/sessions/attest",
                        B2B_PROJECTS,
                        new AttestMember(it.directory(), it.profiles(), it.selector(), it.desk(), it.clock())),
                new Route(
                        "GET",
                        "/v1/sessions/jwks/{project_id}",
                        ANYBODY,
                        new PublishKeys(Product.CONSUMER, it.directory(), it.keys())),
                new Route(
                        "GET",
                        "/v1/b2b/sessions/jwks/{project_id}",
                        ANYBODY,
                        new PublishKeys(Product.B2B, it.directory(), it.keys())));
    }

    private static List<Route> issuer(World it) {
        return List.of(
                new Route(
                        "GET",
                        "/issuer/.well-known/openid-configuration",
                        ANYBODY,
                        call -> Mono.fromSupplier(it.issuer()::discovery)),
                new Route("GET", "/issuer/jwks", ANYBODY, call -> Mono.fromSupplier(it.issuer()::jwks)),
                new Route("GET", "/issuer/userinfo", ANYBODY, new AnswerUserInfo()));
    }

    private static List<Route> admin(AdminOperations admin) {
        return List.of(
                new Route("GET", "/sandbox/fixtures", ANYBODY, admin::fixtures),
                new Route("GET", "/sandbox/faults", ANYBODY, admin::faults),
                new Route("GET", "/sandbox/stats", ANYBODY, admin::stats),
                new Route("POST", "/sandbox/keys/rotate", ANYBODY, admin::rotateKeys),
                new Route("POST", "/sandbox/keys/withdraw", ANYBODY, admin::withdrawOldKeys),
                new Route("POST", "/sandbox/jwks/faults/{fault}", ANYBODY, admin::jwksFault));
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
                .orElseThrow(() -> Refusal.of(ErrorType.METHOD_NOT_ALLOWED));
    }

    private static Optional<Match> matched(Route route, String path) {
        return route.match(path).map(values -> new Match(route, values));
    }
}
