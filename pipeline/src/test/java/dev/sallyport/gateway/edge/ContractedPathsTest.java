package dev.sallyport.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Which paths are none of an operation's, in any spelling. */
final class ContractedPathsTest {
    private static final Routes ROUTES =
            new Routes(Stream.of("/v1/sessions", "/v1/sessions/jwks/{project_id}", "/v1/x_y/z-1")
                    .map(path -> new Routes.Route(
                            new Operation(path, "GET", path), Set.of(), Duration.ofSeconds(1), call -> Mono.empty()))
                    .toList());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sessions",
                "/v1/sessions/",
                "/V1/SESSIONS",
                "/v1/sessions.json",
                "/v1.0/sessions",
                "/v1/sessions,",
                "/v1/sessions=",
                "/v1/sessions:get",
                "/v1/+sessions",
                "/~v1/sessions",
                "/v1/.../sessions",
                "/v1/.sessions",
                "/v1/sessions/jwks/p",
                "/v1/sessions/jwks/p/",
                "/v1/sessions/JWKS/.p",
                "/v1/sessions/jwks.x/p",
                "/v1/x_y/z-1",
                "/v1/X_Y/Z-1~",
                "/v1//sessions",
                "/v1/./sessions",
                "/v1/sessions%2f",
                "/v1/users/%41",
                "/v1/users;x",
                "v1/users",
                "*",
                "",
            })
    void a_path_that_may_be_taken_for_an_operations_is_not_free(String path) {
        assertThat(ROUTES.isFree(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/users",
                "/v1/users/",
                "/v1/sessions/jwks",
                "/v1/sessions/jwks/",
                "/v1/sessions/jwks/p/q",
                "/v1/sessions/get",
                "/v1/sessionsx",
                "/v1/sessions-x",
                "/v2/sessions",
                "/x/v1/sessions",
                "/v1/users/a@example.com",
                "/v1/x-y/z-1",
            })
    void any_other_is(String path) {
        assertThat(ROUTES.isFree(path)).isTrue();
        assertThat(List.of(path)).noneMatch(each -> ROUTES.find(each, "GET") != null);
    }
}
