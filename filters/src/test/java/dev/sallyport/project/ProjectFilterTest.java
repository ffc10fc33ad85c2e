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
    private final ProjectFilter filter = new ProjectFilter(Set.of("project"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"project", "-"})
    void a_listed_project_and_a_call_that_names_none_go_on(@Nullable String project) {
        assertThat(reply(project)).isInstanceOf(Answer.class);
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
