package dev.sallyport.contract.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.contract.form.ReplyForm.Flaw;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.ErrorShape;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyFormTest {
    private static final ErrorShape ERRORS = ErrorShape.of(Map.of("status_code", "{status}"), null, null);
    private static final Headers JSON = Headers.of(Map.of("content-type", "application/json"));

    private final ReplyForm form = new ReplyForm(status -> status == 200, ERRORS, new StrictJson(32));

    @ParameterizedTest
    @ValueSource(strings = {"400", "400.0", "4e2", "0.4e3"})
    void an_error_repeats_its_status_however_the_number_is_written(String number) {
        assertThat(flaw(number)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"401", "4e400", "-1e400", "1e999999999", "1e99999999999", "null", "'400'"})
    void a_number_out_of_all_bounds_is_another_status(String number) {
        assertThat(flaw(number)).isNotNull().extracting(Flaw::keyword).isEqualTo("error");
    }

    private @Nullable Flaw flaw(String number) {
        String body = "{\"status_code\":" + number.replace('\'', '"') + "}";
        return form.ofError(400, JSON, body.getBytes(StandardCharsets.UTF_8));
    }
}
