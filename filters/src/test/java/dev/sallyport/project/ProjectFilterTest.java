package dev.sallyport.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.rejection.Reason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

final class ProjectFilterTest {
    private final ProjectFilter filter = new ProjectFilter(Set.of("project"), false);

    @Test
    void a_listed_project_goes_on() {
        assertThat(reply("project")).isInstanceOf(Answer.class);
    }

    @Test
    void a_call_that_names_none_is_refused() {
        assertThat(Calls.rejection(reply(null)).reason()).isEqualTo(Reason.UNKNOWN_PROJECT);
        assertThat(Calls.rejection(reply(null)).message()).contains("must name a project");
    }

    @Test
    void where_the_path_names_a_project_a_call_without_one_named_two() {
        var inPath = new ProjectFilter(Set.of("project"), true);

        Reply reply =
                Calls.through(inPath, Calls.call("{}", Map.of(), null), call -> Mono.just(Calls.answer(200, "{}")));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.UNKNOWN_PROJECT);
        assertThat(Calls.rejection(reply).message()).endsWith("its path and its credentials name different ones.");
    }

    @ParameterizedTest
    @CsvSource({"other", "Project", "''", "'project '"})
    void any_other_project_is_refused_and_not_named(String project) {
        assertThat(Calls.rejection(reply(project)).reason()).isEqualTo(Reason.UNKNOWN_PROJECT);
        assertThat(Calls.rejection(reply("hunter2")).toString()).doesNotContain("hunter2");
    }

    @Test
    void it_says_how_many_are_listed() {
        assertThat(filter).hasToString("projects(1 listed)");
    }

    private Reply reply(@Nullable String project) {
        return Calls.through(filter, Calls.call("{}", Map.of(), project), call -> Mono.just(Calls.answer(200, "{}")));
    }
}
