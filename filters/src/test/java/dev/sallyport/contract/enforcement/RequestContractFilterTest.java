package dev.sallyport.contract.enforcement;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestContractFilterTest {
    private static final String TOKEN = "s3cr3t-t0k3n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FilterTrial trial;

    @BeforeEach
    void begin() {
        trial = new FilterTrial(folder);
    }

    @Test
    void a_good_request_goes_on_as_the_very_bytes_that_were_checked_and_read() {
        byte[] body = json("{ 'token':'" + TOKEN + "' }");

        Reply reply = trial.request(true, body, trial.answer(200, Map.of(), "{}"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(trial.sent()).singleElement().satisfies(call -> {
            assertThat(call.body()).isSameAs(body);
            assertThat(call.document()).isNotSameAs(Document.NONE);
        });
        assertThat(trial.heard()).isEmpty();
    }

    @Test
    void a_refused_request_lists_every_departure_and_no_value_and_is_not_sent() {
        Reply reply = trial.request(
                true,
                json("{'token':'" + TOKEN + "','jwt':'" + TOKEN + "','minutes':'" + TOKEN + "','x':'" + TOKEN
                        + "','y':1}"),
                trial.answer(200, Map.of(), "{}"));

        Rejection rejection = FilterTrial.rejection(reply);
        assertThat(trial.sent()).isEmpty();
        assertThat(rejection.reason()).isEqualTo(Reason.REQUEST_BREAKS_CONTRACT);
        assertThat(PackFolder.shown(rejection.violations()))
                .containsExactlyInAnyOrder(
                        "/minutes type", "/x additionalProperties", "/y additionalProperties", " one-credential");
        assertThat(rejection.message()).contains("login", "/minutes must be integer", "; and 1 more.");
        assertThat(rejection.toString()).doesNotContain(TOKEN);
        assertThat(trial.heard())
                .singleElement()
                .asString()
                .startsWith("login REQUEST")
                .endsWith("true");
    }

    @Test
    void in_report_mode_a_broken_request_is_counted_and_sent_on() {
        Reply reply = trial.request(false, json("{}"), trial.answer(200, Map.of(), "{}"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(trial.sent()).hasSize(1);
        assertThat(trial.heard()).containsExactly("login REQUEST [ one-credential] false");
    }

    @Test
    void a_reserved_name_is_counted_and_never_refused() {
        Reply reply =
                trial.request(true, json("{'token':'t','claims':{'sub':'x'}}"), trial.answer(200, Map.of(), "{}"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(trial.heard()).containsExactly("login REQUEST [/claims reserved] false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_request_that_is_not_strict_json_is_refused_in_every_mode(boolean enforce) {
        Reply reply = trial.request(enforce, json("{'token':" + TOKEN + "}"), trial.answer(200, Map.of(), "{}"));

        assertThat(FilterTrial.rejection(reply))
                .isEqualTo(Rejection.of(Reason.BODY_UNREADABLE, "The body is not JSON (at byte 9)."));
        assertThat(trial.sent()).isEmpty();
    }

    @Test
    void it_says_what_it_does() {
        assertThat(trial.requestFilter(true)).hasToString("requestContract(enforce, reserved=report)");
    }
}
