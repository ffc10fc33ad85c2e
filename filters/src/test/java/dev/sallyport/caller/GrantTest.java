package dev.sallyport.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller may do, line by line. */
final class GrantTest {
    private static final Target EXCHANGE = new Target("b2b.sessions.exchange", true, false);

    @ParameterizedTest
    @CsvSource({
        "b2b.sessions.exchange, true,  false",
        "b2b.sessions.migrate,  false, false",
        "*,                     true,  false",
        "other,                 false, true",
    })
    void operations_are_those_that_are_named_and_other_calls_are_none_of_all(
            String permitted, boolean exchange, boolean other) {
        Grant grant = new Grant("web", Set.of(permitted), Set.of("one"), Set.of("*"));

        assertThat(grant.mayCall(EXCHANGE)).isEqualTo(exchange);
        assertThat(grant.mayCall(Target.other())).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "one,     one, true,  one",
                "one,     two, true,  -",
                "one,     -,   false, one",
                "one,     -,   true,  -",
                "one two, -,   false, -",
                "one two, two, true,  two",
            })
    void the_project_is_the_one_that_is_named_or_the_only_one(
            String permitted, @Nullable String named, boolean names, @Nullable String project) {
        Grant grant = new Grant("web", Set.of("*"), Set.of(permitted.split(" ", -1)), Set.of("*"));

        assertThat(grant.project(named, names)).isEqualTo(project);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "*,   org-1, true",
                "*,   -,     true",
                "org-1, org-1, true",
                "org-1, org-2, false",
                "org-1, ORG-1, false",
                "org-1, -,     false",
            })
    void an_organization_is_named_exactly_or_the_call_is_refused(
            String permitted, @Nullable String named, boolean passes) {
        Grant grant = new Grant("web", Set.of("*"), Set.of("one"), Set.of(permitted));

        assertThat(grant.mayName(named)).isEqualTo(passes);
    }

    @Test
    void nothing_that_is_not_said_is_permitted() {
        Grant grant = new Grant("web", Set.of(), Set.of(), Set.of());

        assertThat(grant.mayCall(EXCHANGE)).isFalse();
        assertThat(grant.project("one", true)).isNull();
        assertThat(grant.project(null, false)).isNull();
        assertThat(grant.mayName("org-1")).isFalse();
        assertThat(grant.mayName(null)).isFalse();
    }
}
