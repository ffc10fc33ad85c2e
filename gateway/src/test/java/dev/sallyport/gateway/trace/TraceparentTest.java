package dev.sallyport.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceparentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @CsvSource({
        "00-" + TRACE + "-" + SPAN + "-01, true",
        "00-" + TRACE + "-" + SPAN + "-00, false",
        "00-" + TRACE + "-" + SPAN + "-03, true",
        "cc-" + TRACE + "-" + SPAN + "-01, true",
        "cc-" + TRACE + "-" + SPAN + "-01-what-comes, true"
    })
    void what_a_caller_says_in_the_form_of_the_standard_is_read(String field, boolean isSampled) {
        assertThat(Traceparent.parse(field)).isEqualTo(new Traceparent(TRACE, SPAN, isSampled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-" + TRACE + "-" + SPAN + "-1",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-zz",
                "cc-" + TRACE + "-" + SPAN + "-01.",
                "a token, which belongs elsewhere"
            })
    void everything_else_is_left_alone(String field) {
        assertThat(Traceparent.parse(field)).isNull();
    }

    @Test
    void a_field_that_is_not_there_says_nothing() {
        assertThat(Traceparent.parse(null)).isNull();
    }

    @Test
    void what_is_written_is_read_again() {
        assertThat(Traceparent.parse(Traceparent.of(TRACE, SPAN, false)))
                .isEqualTo(new Traceparent(TRACE, SPAN, false));
    }
}
