package dev.sallyport.ratelimit;

import static dev.sallyport.ratelimit.CallLimitRig.GUESS;
import static dev.sallyport.ratelimit.CallLimitRig.SECRET;
import static dev.sallyport.ratelimit.CallLimitRig.call;
import static dev.sallyport.ratelimit.CallLimitRig.limit;
import static dev.sallyport.ratelimit.CallLimitRig.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.limit.LimitKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Permits for each operation, and for each value of a field or a header. */
final class ValueLimitTest {
    private final CallLimitRig rig = new CallLimitRig();

    @Test
    void an_operation_is_counted_for_all_who_hold_a_secret_and_by_address_for_others() {
        CallLimitFilter operations = rig.filter(limit("operations", LimitKey.OPERATION));
        for (int call = 0; call < 10; call++) {
            passes(operations, "project", GUESS + call, "192.0.2.1", "{}", 401);
        }

        assertThat(passes(operations, "project", GUESS, "192.0.2.1", "{}", 401)).isFalse();
        List<Boolean> passed = new ArrayList<>();
        for (int call = 0; call < 7; call++) {
            passed.add(passes(operations, "project" + call % 2, SECRET, "198.51.100." + call, "{}", 200));
        }
        assertThat(passed).containsExactly(true, true, true, true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body:/organization_id", "header:X-Organization"})
    void a_value_is_counted_within_its_project_for_those_who_hold_its_secret(String key) {
        CallLimitFilter values = rig.filter(limit("values", LimitKey.parse(key)));
        String one = "{\"organization_id\":\"one\"}";
        for (int call = 0; call < 5; call++) {
            assertThat(passes(values, "project", SECRET, "192.0.2.1", one, 200)).isTrue();
        }

        assertThat(passes(values, "project", SECRET, "192.0.2.2", one, 200)).isFalse();
        assertThat(passes(values, "project", SECRET, "192.0.2.1", one.replace("one", "two"), 200))
                .isTrue();
        assertThat(passes(values, "project2", SECRET, "192.0.2.1", one, 200)).isTrue();
    }

    @Test
    void naming_a_value_without_the_secret_costs_only_the_address() {
        CallLimitFilter values = rig.filter(limit("values", LimitKey.parse("body:/organization_id")));
        String one = "{\"organization_id\":\"one\"}";
        for (int call = 0; call < 10; call++) {
            passes(values, "project", GUESS + call, "192.0.2.1", one, 401);
        }

        assertThat(passes(values, "project", GUESS, "192.0.2.1", one.replace("one", "two"), 401))
                .isFalse();
        assertThat(passes(values, "project", SECRET, "198.51.100.1", one, 200)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "1",
                "{\"other\":{\"organization_id\":\"one\"}}",
                "{\"organization_id\":null}",
                "{\"organization_id\":{}}",
                "{\"organization_id\":[\"one\"]}"
            })
    void a_call_without_the_value_is_not_counted_by_it(String body) {
        CallLimitFilter values = rig.filter(limit("values", LimitKey.parse("body:/organization_id")));

        for (int call = 0; call < 10; call++) {
            assertThat(passes(values, "project", SECRET, "192.0.2.1", body, 200))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a, '{\"b\":[{\"a\":0}],\"a\":\"one\"}', one",
        "/a/b, '{\"a\":{\"c\":{},\"b\":12}}', 12",
        "/a/b, '{\"a\":true}', ",
        "/a~1b/m~0n, '{\"a/b\":{\"m~n\":true}}', true"
    })
    void a_field_is_found_by_its_pointer(String pointer, String body, @Nullable String text) {
        assertThat(new BodyField(pointer).of(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(text);
    }
}
