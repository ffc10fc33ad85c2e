package dev.sallyport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "/a, /a, true",
        "/a, /a/, false",
        "/a, /A, false",
        "/a, '', false",
        "/a/{x}, /a/1, true",
        "/a/{x}, /a/, false",
        "/a/{x}, /a, false",
        "/a/{x}, /a/1/, false",
        "/a/{x}, /a/1/2, false",
        "/a/{x}, /b/1, false",
        "/a/{x}, /a/%2F, true",
        "/a/{x}/b, /a/1/b, true",
        "/a/{x}/b, /a/1/bc, false",
        "/a/{x}/b, /a//b, false",
        "/{x}/{y}, /1/2, true",
        "/{x}/{y}, /1, false",
        "/{x}/{y}, //2, false",
        "/{x}, /{x}, true",
    })
    void a_path_is_one_of_a_template_step_by_step(String text, String path, boolean matches) {
        assertThat(PathTemplate.of(text).matches(path)).isEqualTo(matches);
    }

    @Test
    void a_step_that_stands_alone_names_the_project_and_of_several_the_one_that_is_said() {
        assertThat(PathTemplate.of("/keys/{id}").projectIn("/keys/p1")).contains("p1");
        assertThat(PathTemplate.of("/{a}/{b}").project()).isNull();
        assertThat(new PathTemplate("/t/{tenant}/users/{user}", "tenant").projectIn("/t/p1/users/u1"))
                .contains("p1");
        assertThat(new PathTemplate("/users/{user}", null).projectIn("/users/u1"))
                .isEqualTo(Optional.empty());
        assertThat(PathTemplate.of("/keys/{id}").projectIn("/locks/p1")).isEmpty();
    }

    @Test
    void the_path_for_a_project_is_filled_in_literally() {
        assertThat(PathTemplate.of("/keys/{id}").pathFor("a$1\\")).isEqualTo("/keys/a$1\\");
        assertThat(new PathTemplate("/keys", null).pathFor("p")).isEqualTo("/keys");
    }

    @Test
    void templates_of_one_shape_name_the_same_paths() {
        assertThat(PathTemplate.of("/a/{x}/b/{y}").shape())
                .isEqualTo(PathTemplate.of("/a/{p}/b/{q}").shape())
                .isEqualTo("/a/{}/b/{}");
    }
}
