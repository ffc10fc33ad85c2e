package dev.sallyport.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RejectionTest {
    private static final String URL = "https://errors.invalid/{status}";
    private static final RejectionRenderer RENDERER = new RejectionRenderer(ErrorShape.plain(), URL);

    @ParameterizedTest
    @EnumSource
    void every_reason_has_a_status_that_says_whose_fault_it_is(Reason reason) {
        // A 4xx would say that the call had no effect, which is not known of one whose time was over
        boolean isTold4xx = reason.fault() == Reason.Fault.CALLER && reason != Reason.CALLER_DEADLINE_OVER;

        assertThat(reason.status() / 100).isEqualTo(isTold4xx ? 4 : 5);
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
    void an_answer_has_what_rfc_9457_wants_and_a_type_with_its_explanation(Reason reason) {
        JsonNode body = body(Rejection.of(reason, "Not \"today\"."));

        assertThat(body.get("status").asInt()).isEqualTo(reason.status());
        assertThat(body.get("type").asString()).isEqualTo(reason.urn());
        assertThat(body.get("title").asString()).isNotEmpty();
        assertThat(body.get("detail").asString()).isEqualTo("Not \"today\".");
        assertThat(body.get("instance").asString()).isEqualTo("urn:sallyport:request:request-id");
        assertThat(body.get("code").asString()).isEqualTo(reason.errorType());
        assertThat(body.get("help").asString()).isEqualTo("https://errors.invalid/" + reason.status());
        assertThat(body.has("errors")).isFalse();
    }

    @Test
    void an_answer_has_the_shape_of_the_providers_errors_and_no_member_twice() {
        Map<String, Object> error = Map.of("code", "{error-type}", "text", "{message} See {error-url}");
        Map<String, Object> shape = Map.of(
                "errors",
                List.of(error),
                "status",
                "HTTP {status}",
                "http",
                "{status}",
                "trace",
                "{request-id}",
                "ok",
                false);
        var renderer =
                new RejectionRenderer(ErrorShape.of(shape, "t-{uuid}", Map.of(Reason.RATE_LIMITED, "slow")), URL);
        var violations = List.of(violation("mine"));

        var limited = new JsonMapper()
                .readerFor(JsonNode.class)
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .<JsonNode>readValue(
                        renderer.body(Rejection.of(Reason.RATE_LIMITED, "No.", violations), renderer.newRequestId()));

        assertThat(limited.at("/errors").toString()).contains("\"mine\"", "No. See https://errors.invalid/429");
        assertThat(limited.at("/errors/0").size()).isEqualTo(2);
        assertThat(limited.at("/status").asString()).isEqualTo("HTTP 429");
        assertThat(limited.at("/http").isInt()).isTrue();
        assertThat(limited.at("/ok").isBoolean()).isTrue();
        assertThat(limited.at("/trace").asString()).matches("t-[0-9a-f-]{36}");
        assertThat(new JsonMapper()
                        .readTree(renderer.body(Rejection.of(Reason.RATE_LIMITED, "No."), "id"))
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("slow");
    }

    @Test
    void a_shape_says_where_the_id_of_a_request_stands() {
        Map<String, Object> shape = Map.of("meta", Map.of("trace", "{request-id}"));

        assertThat(ErrorShape.of(shape, null, null).requestIdAt()).contains("/meta/trace");
        assertThat(ErrorShape.of(Map.of("at", "{status}"), null, null).requestIdAt())
                .isEmpty();
    }

    @Test
    void a_shape_says_where_the_type_of_an_error_stands() {
        Map<String, Object> shape = Map.of("errors", List.of(Map.of("a/b", "{error-type}")));

        assertThat(ErrorShape.of(shape, null, null).typeAt()).contains("/errors/0/a~1b");
        assertThat(ErrorShape.of(Map.of("x", "y"), null, null).typeAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type}", "{}", "see {error url}"})
    void a_shape_with_a_placeholder_that_means_nothing_is_none(String text) {
        Map<String, Object> shape = Map.of("deep", List.of(Map.of("er", text)));

        assertThatThrownBy(() -> ErrorShape.of(shape, null, null))
                .hasMessageContaining("{error-type} {error-url} {message} {request-id} {status}");
    }

    @Test
    void request_ids_that_would_all_be_the_same_are_none() {
        assertThatThrownBy(() -> ErrorShape.of(null, "id", null)).hasMessageContaining("{uuid}");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'status_code':404,'type':'t','more':[{'code':'c'}],'ok':false}           | ``",
                "{'status_code':404,'type':'','more':[{'code':'','x':1},7],'ok':false,'y':1} | ``",
                "{'status_code':404.0,'type':'t','more':[{'code':'c'}],'ok':false}         | ``",
                "{'status_code':200,'type':'t','more':[{'code':'c'}],'ok':false}           | /status_code must be the HTTP status",
                "{'status_code':'404','type':'t','more':[{'code':'c'}],'ok':false}         | /status_code must be the HTTP status",
                "{'type':'t','more':[{'code':'c'}],'ok':false}                             | /status_code is missing",
                "{'status_code':404,'type':null,'more':[{'code':'c'}],'ok':false}          | /type must be a text",
                "{'status_code':404,'type':'t','more':[],'ok':false}                       | /more must be a list with an item",
                "{'status_code':404,'type':'t','more':[{}],'ok':false}                     | /more/0/code is missing",
                "{'status_code':404,'type':'t','more':{'code':'c'},'ok':false}             | /more must be a list with an item",
                "{'status_code':404,'type':'t','more':[{'code':'c'}],'ok':true}            | /ok must be what it always is",
            })
    void an_error_of_the_provider_has_its_shape(String document, String flaw) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status_code", "{status}");
        body.put("type", "{error-type}");
        body.put("more", List.of(Map.of("code", "{message}")));
        body.put("ok", false);
        JsonNode found = new JsonMapper().readTree(document.replace('\'', '"'));

        assertThat(ErrorShape.of(body, null, null).flaw(found, 404).orElse("")).isEqualTo(flaw);
        assertThat(ErrorShape.plain().flaw(found, 404)).isEmpty();
    }

    @Test
    void request_ids_differ() {
        assertThat(ErrorShape.plain().newRequestId())
                .hasSize(36)
                .isNotEqualTo(ErrorShape.plain().newRequestId());
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
