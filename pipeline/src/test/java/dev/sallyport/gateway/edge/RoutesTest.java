package dev.sallyport.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.gateway.edge.Routes.Match;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

final class RoutesTest {
    private static final Routes ROUTES = routes(
            new Operation("users.list", "GET", "/users"),
            new Operation("users.make", "POST", "/users"),
            of("users.see", "GET", "/users/{id}", null),
            of("users.drop", "DELETE", "/users/{user}", null),
            new Operation("users.me", "GET", "/users/me"),
            of("keys", "GET", "/t/{tenant}/keys", "tenant"),
            of("seats", "GET", "/t/{tenant}/{seat}", "tenant"),
            of("first", "GET", "/t/main/{seat}", null));

    private static Operation of(String id, String method, String path, @Nullable String project) {
        return new Operation(id, method, new PathTemplate(path, project), Query.REFUSE);
    }

    private static Routes routes(Operation... operations) {
        return new Routes(Stream.of(operations)
                .map(operation -> new Routes.Route(operation, Set.of(), Duration.ofSeconds(1), call -> Mono.empty()))
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users, users.list, ",
        "POST, /users, users.make, ",
        "GET, /users/u1, users.see, ",
        "DELETE, /users/u1, users.drop, ",
        "GET, /users/me, users.me, ",
        "GET, /t/p1/keys, keys, p1",
        "GET, /t/p1/s1, seats, p1",
        "GET, /t/main/s1, first, ",
        "GET, /t/main/keys, first, ",
    })
    void a_path_and_a_method_lead_to_one_operation_the_earlier_exact_step_first(
            String method, String path, String operation, @Nullable String project) {
        Match match = Objects.requireNonNull(ROUTES.find(path, method));

        assertThat(match.route().operation().id()).isEqualTo(operation);
        assertThat(match.project()).isEqualTo(project);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /users, 'GET, POST'",
        "POST, /users/u1, 'DELETE, GET'",
        "DELETE, /users/me, GET",
        "get, /users, 'GET, POST'",
    })
    void a_method_that_no_operation_of_a_path_has_is_refused_with_those_that_have(
            String method, String path, String methods) {
        Match match = Objects.requireNonNull(ROUTES.find(path, method));

        assertThat(match.route().operation().method()).isNotEqualTo(method);
        assertThat(ROUTES.methods(path)).isEqualTo(methods);
    }

    @ParameterizedTest
    @CsvSource({"/", "/users/", "/Users", "/users/u1/x", "/t//keys", "/t/p1", "users"})
    void any_other_path_leads_nowhere(String path) {
        assertThat(ROUTES.find(path, "GET")).isNull();
        assertThat(ROUTES.methods(path)).isEqualTo("DELETE, GET, POST");
    }

    @ParameterizedTest
    @CsvSource({"/users/u1", "/Users/u1", "/users//u1", "/users/u1;a=b", "/t/p1/KEYS", "/t/main/s1.json"})
    void no_spelling_of_a_path_with_steps_that_are_not_exact_is_free(String path) {
        assertThat(ROUTES.isFree(path)).isFalse();
        assertThat(ROUTES.isFree("/members/u1")).isTrue();
    }

    @Test
    void credentials_name_projects_where_a_path_does_not() {
        assertThat(ROUTES.credentialsNameProjects()).isTrue();
        assertThat(routes(of("keys", "GET", "/t/{tenant}/keys", "tenant")).credentialsNameProjects())
                .isFalse();
        assertThat(routes(of("users.see", "GET", "/users/{id}", null)).credentialsNameProjects())
                .isTrue();
    }

    @Test
    void operations_are_listed_by_name() {
        assertThat(ROUTES.toString().lines().filter(line -> !line.isEmpty() && !line.startsWith(" ")))
                .containsExactly(
                        "first  GET /t/main/{seat}",
                        "keys  GET /t/{tenant}/keys",
                        "seats  GET /t/{tenant}/{seat}",
                        "users.drop  DELETE /users/{user}",
                        "users.list  GET /users",
                        "users.make  POST /users",
                        "users.me  GET /users/me",
                        "users.see  GET /users/{id}");
    }
}
