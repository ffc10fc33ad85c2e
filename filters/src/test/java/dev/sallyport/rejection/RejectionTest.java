package dev.sallyport.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RejectionTest {
    private static final RejectionRenderer RENDERER = new RejectionRenderer("https://errors.invalid/{status}");

    @ParameterizedTest
    @EnumSource
    void every_reason_has_a_status_that_says_whose_fault_it_is(Reason reason) {
        int leading = reason.status() / 100;

        assertThat(leading).isEqualTo(reason.fault() == Reason.Fault.CALLER ? 4 : 5);
        assertThat(reason.urn()).isEqualTo("urn:sallyport:rejection:" + reason.name());
    }

    @ParameterizedTest
    @EnumSource
    void no_reason_logs_a_user_out(Reason reason) {
        assertThat(reason.errorType())
                .matches("[a-z_]+")
                .isNotIn(
                        "unauthorized_credentials",
                        "user_unauthenticated",
                        "invalid_secret_authentication",
                        "session_not_found");
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_has_what_sdks_and_rfc_9457_want(Reason reason) {
        JsonNode body = body(Rejection.of(reason, "Not \"today\"."));

        assertThat(body.get("status_code").isInt()).isTrue();
        assertThat(body.get("status_code").asInt()).isEqualTo(reason.status());
        assertThat(body.get("status")).isEqualTo(body.get("status_code"));
        for (String member :
                List.of("request_id", "error_type", "error_message", "error_url", "type", "title", "detail")) {
            assertThat(body.get(member).isString()).as(member).isTrue();
            assertThat(body.get(member).asString()).as(member).isNotEmpty();
        }
        assertThat(body.get("error_url").asString()).isEqualTo("https://errors.invalid/" + reason.status());
        assertThat(body.has("errors")).isFalse();
    }

    @Test
    void violations_are_shown_to_the_caller_whose_fault_they_are() {
        var violation = new Violation("/a~1b", "type", "s.json#/type", "must be a string", null);

        JsonNode shown = body(Rejection.of(Reason.REQUEST_BREAKS_CONTRACT, "No.", List.of(violation)));
        JsonNode hidden = body(Rejection.of(Reason.REPLY_BREAKS_CONTRACT, "No.", List.of(violation)));

        assertThat(shown.get("errors"))
                .isEqualTo(new JsonMapper()
                        .readTree("[{\"pointer\":\"/a~1b\",\"keyword\":\"type\",\"detail\":\"must be a string\"}]"));
        assertThat(hidden.has("errors")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, -, bad_request", "a, a, a", "a, b, bad_request", "a, -, bad_request", "-, a, bad_request"})
    void the_providers_error_type_is_used_where_all_violations_agree(
            @Nullable String first, @Nullable String second, String shown) {
        var violations = List.of(violation(first), violation(second));

        assertThat(Rejection.of(Reason.REQUEST_BREAKS_CONTRACT, "No.", violations)
                        .errorType())
                .isEqualTo(shown);
    }

    @Test
    void request_ids_differ_and_tell_whose_they_are() {
        String one = RejectionRenderer.newRequestId();

        assertThat(one).startsWith("request-id-sallyport-").hasSize(57);
        assertThat(RejectionRenderer.newRequestId()).isNotEqualTo(one);
    }

    @Test
    void a_rejection_does_not_change_afterwards() {
        List<Violation> violations = new ArrayList<>(Arrays.asList(violation(null)));
        Rejection rejection = Rejection.of(Reason.INTERNAL, "No.", violations);

        violations.clear();

        assertThat(rejection.violations()).hasSize(1);
        assertThat(Objects.requireNonNull(Rejection.retryLater(Reason.RATE_LIMITED, "No.", Duration.ofSeconds(3))
                        .retryAfter()))
                .hasSeconds(3);
    }

    private static Violation violation(@Nullable String errorType) {
        return new Violation("", "rule", "catalog.yml#/rules/rule", "no", null).withErrorType(errorType);
    }

    private static JsonNode body(Rejection rejection) {
        return new JsonMapper().readTree(RENDERER.body(rejection, "request-id"));
    }
}
