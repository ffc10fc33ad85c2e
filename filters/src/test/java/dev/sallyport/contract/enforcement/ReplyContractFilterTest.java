package dev.sallyport.contract.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyContractFilterTest {
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
    void a_good_reply_passes_as_the_very_bytes_that_were_checked_and_read() {
        Answer answer = trial.answer(200, Map.of("content-encoding", "identity"), "{ 'user':'u' }");

        Reply reply = trial.reply(true, answer);

        assertThat(reply).isInstanceOfSatisfying(Answer.class, passed -> {
            assertThat(passed.body()).isSameAs(answer.body());
            assertThat(passed.content()).isInstanceOf(Document.class);
            assertThat(passed.timing()).isEqualTo(FilterTrial.TIMING);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503})
    void the_providers_own_errors_pass_untouched(int status) {
        Answer error = trial.answer(status, Map.of(), "{'status_code':" + status + "}");

        assertThat(((Answer) trial.reply(true, error)).body()).isSameAs(error.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json                    | true",
                "Application/JSON                    | true",
                "application/json; charset=utf-8     | true",
                "application/json;charset=\"UTF-8\"   | true",
                "application/json;                   | true",
                "application/jsonx                   | false",
                "application/json; charset=utf-16    | false",
                "application/json; charset=iso-8859-1 | false",
                "application/json; profile=x         | false",
                "application/problem+json            | false",
                "text/html                           | false",
                "``                                  | false",
            })
    void only_json_in_utf_8_passes_as_a_success_or_an_error(String type, boolean passes) {
        for (int status : new int[] {200, 404, 503}) {
            Reply reply = trial.reply(true, trial.answer(status, Map.of("Content-Type", type), "{}"));

            assertThat(reply instanceof Answer).isEqualTo(passes);
            if (!passes) {
                assertThat(FilterTrial.rejection(reply).violations())
                        .extracting(Violation::keyword)
                        .containsExactly("content-type");
            }
        }
    }

    @Test
    void a_reply_that_says_no_type_or_two_is_refused() {
        var none = trial.read(200, Headers.NONE, "{}");
        var two = trial.read(200, twice("content-type", "application/json"), "{}");

        assertThat(FilterTrial.rejection(trial.reply(true, none)).violations())
                .extracting(Violation::message)
                .containsExactly("must be application/json in UTF-8");
        assertThat(FilterTrial.rejection(trial.reply(true, two)).violations())
                .extracting(Violation::keyword)
                .containsExactly("content-type");
    }

    private static Headers twice(String name, String value) {
        return new Headers() {
            @Override
            public String first(String asked) {
                return value;
            }

            @Override
            public void forEach(java.util.function.BiConsumer<String, String> line) {
                line.accept(name, value);
                line.accept(name, value);
            }
        };
    }

    @Test
    void an_error_that_is_none_of_the_providers_is_told_with_its_status() {
        Reply reply = trial.reply(true, trial.answer(503, Map.of("Content-Type", "text/html"), "<html>"));

        assertThat(FilterTrial.rejection(reply).violations())
                .extracting(Violation::message)
                .containsExactly("must be application/json in UTF-8, with the status 503");
    }

    @Test
    void a_refusal_from_further_in_passes_untouched() {
        var refusal = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));

        assertThat(trial.reply(true, refusal)).isSameAs(refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "302 | identity | {}                              | status",
                "304 | identity | {}                              | status",
                "101 | identity | {}                              | status",
                "200 | gzip     | {}                              | content-encoding",
                "200 | br       | {}                              | content-encoding",
                "200 | gzip, identity | {}                        | content-encoding",
                "200 | identity | <html>s3cr3t-t0k3n              | json",
                "200 | identity | {'user':'s3cr3t-t0k3n','user':1} | json",
                "204 | identity | ``                              | status",
                "200 | identity | ``                              | json",
                "201 | identity | {}                              | status",
                "299 | identity | {}                              | status",
                "600 | identity | {}                              | status",
                "503 | gzip     | {}                              | content-encoding",
                "503 | identity | <html>s3cr3t-t0k3n              | error",
                "404 | identity | ``                              | error",
                "404 | identity | []                              | error",
                "404 | identity | {'a':1,'a':2}                   | error",
                "200 | identity | {'user':['s3cr3t-t0k3n']}       | type",
            })
    void a_reply_that_breaks_its_contract_is_refused_and_nothing_of_it_is_passed_on(
            int status, String coding, String body, String keyword) {
        Answer broken = trial.answer(status, Map.of("Content-Encoding", coding), body);

        Reply reply = trial.reply(true, broken);

        @Nullable Answer refused = ((Refusal) reply).refused();
        assertThat(refused == null ? null : refused.body()).as("for the log").isSameAs(broken.body());
        Rejection rejection = FilterTrial.rejection(reply);
        assertThat(rejection.reason()).isEqualTo(Reason.REPLY_BREAKS_CONTRACT);
        assertThat(rejection.violations()).extracting(Violation::keyword).containsExactly(keyword);
        assertThat(rejection.toString()).doesNotContain(TOKEN);
        assertThat(reply.timing()).isEqualTo(FilterTrial.TIMING);
        assertThat(trial.heard())
                .singleElement()
                .asString()
                .startsWith("login REPLY")
                .endsWith("true");
    }

    @Test
    void an_error_that_is_too_large_to_be_the_providers_is_not_read() {
        Answer large =
                trial.answer(503, Map.of("Content-Encoding", "identity"), "{'a':'" + "x".repeat(64 * 1024) + "'}");

        assertThat(FilterTrial.rejection(trial.reply(true, large)).violations())
                .extracting(Violation::keyword)
                .containsExactly("size");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"200, <html>, false", "200, {'user':1}, true", "302, {}, false"})
    void in_report_mode_a_broken_reply_is_counted_and_passed_on(int status, String body, boolean read) {
        Reply reply = trial.reply(false, trial.answer(status, Map.of(), body));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Answer.class,
                        answer ->
                                assertThat(answer.content() instanceof Document).isEqualTo(read));
        assertThat(trial.heard()).singleElement().asString().endsWith("false");
    }

    @Test
    void it_says_what_it_does() {
        assertThat(trial.replyFilter(false)).hasToString("replyContract(report)");
    }
}
