package dev.sallyport.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.RequestLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaptureLineTest {
    private static final CapturedOutcome OK = new CapturedOutcome("ok", "none");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void a_line_says_what_went_on_and_nothing_of_whom() {
        String line = line(
                Set.of("project"),
                "{'status':'active','token':'s3cr3t','claims':{'a':[1]},'count':7,'minutes':1.50,'tags':['x','ä']}",
                Calls.answer(200, "{'status':'s3cr3t','done':true,'person':{'name':'Ada','status':'in'},'new':null}"));

        assertThat(line).isEqualTo("""
                {"version":1,"time":"1970-01-01T00:00:00.007Z","operation":"login","project":"project",\
                "request":{"json":{"status":"active","token":"~string:6#1~","claims":"~object:9/1~",\
                "count":"~integer~","minutes":1.50,"tags":["x","~string:2/1#3~"]}},"status":200,\
                "reply":{"json":{"status":"~string:6#1~","done":true,"person":{"name":"~string:3#4~","status":"in"},\
                "~name:3#5~":null}},"outcome":"ok","reason":"none"}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "active                         | active",
                "user-test-1.b:c+d              | user-test-1.b:c+d",
                "ada@example.com                | ~string:15#1~",
                "+14155550100                   | ~string:12#1~",
                "192.0.2.17                     | ~string:10#1~",
                "2001:db8::1                    | ~string:11#1~",
                "two words                      | ~string:9#1~",
                "eyJhbGciOiJub25lIn0.eyJzIjoxfQ. | ~jwt:31#1~",
                "~string:3~                     | ~string:10#1~",
            })
    void a_plain_member_is_still_masked_if_it_does_not_look_harmless(String status, String written) {
        assertThat(line(Set.of(), "{'status':'" + status + "'}", null)).contains("\"status\":\"" + written + "\"");
    }

    @Test
    void a_plain_member_is_still_masked_if_its_value_is_of_another_type() {
        assertThat(line(Set.of(), "{'minutes':'s3cr3t','status':1415,'done':'s3cr3t','tags':'word'}", null))
                .contains("\"minutes\":\"~string:6#1~\",\"status\":\"~integer~\"")
                .contains("\"done\":\"~string:6#1~\",\"tags\":\"~string:4#2~\"");
    }

    @Test
    void what_is_long_or_empty_is_told_by_its_shape() {
        assertThat(line(Set.of(), "{'status':'" + "x".repeat(65) + "','token':''}", null))
                .contains("\"status\":\"~string:65#1~\"", "\"token\":\"~string:0~\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'token':s3cr3t}              | is not JSON",
                "{'token':'s3cr3t','token':1}  | has two members of the same name",
                "{'claims':{'a':1e99999999999}} | has a number that is out of all bounds",
            })
    void what_cannot_be_read_strictly_is_told_by_its_size(String body, String why) {
        assertThat(line(Set.of(), body, Calls.answer(200, "")))
                .contains("\"request\":{\"unreadable\":{\"bytes\":" + body.length() + ",\"why\":\"" + why)
                .contains("\"reply\":{\"unreadable\":{\"bytes\":0,\"why\":\"is empty\"}}")
                .doesNotContain("s3cr3t");
    }

    @Test
    void of_the_providers_own_errors_the_type_is_kept_and_the_words_are_not() {
        assertThat(line(
                        Set.of(),
                        "{}",
                        Calls.answer(404, "{'error_type':'user_not_found','error_message':'no Ada here'}")))
                .contains("{\"error_type\":\"user_not_found\",\"error_message\":\"~string:11#1~\"}");
    }

    @Test
    void a_project_that_is_not_listed_is_kept_only_if_the_provider_took_it() {
        assertThat(line(Set.of(), "{}", Calls.answer(200, "{}"))).contains("\"project\":\"project\"");
        assertThat(line(Set.of(), "{}", Calls.answer(401, "{}"))).contains("\"project\":\"~string:7#1~\"");
        assertThat(line(Set.of(), "{}", null)).contains("\"project\":\"~string:7#1~\"");
        assertThat(line(Set.of("other"), "{}", Calls.answer(200, "{}"))).contains("\"project\":\"~string:7#1~\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/look                    | {\"query\":{}}",
                "/look?status=active&token=s%203 | {\"query\":{\"status\":\"active\",\"token\":\"~string:3#1~\"}}",
                "/look?token=a&token=b    | {\"query\":{\"token\":\"~array:9/2~\"}}",
                "/look?token=%zz          | {\"unreadable\":{\"bytes\":9,\"why\":\"has a percent sign",
            })
    void a_query_is_kept_like_a_body(String target, String request) {
        Call call = Call.of(
                "look", new RequestLine("GET", target), Headers.NONE, new byte[0], new Caller(null, "192.0.2.1"));

        String line = text(new CaptureLine(CapturePack.contract(folder, "look"), Set.of()).of(7, call, null, OK));

        assertThat(line)
                .contains("\"request\":" + request)
                .contains("\"reply\":null")
                .contains("\"project\":null");
    }

    @Test
    void no_header_is_kept() {
        Call call = Calls.call("{}", Map.of("authorization", "Basic s3cr3t", "cookie", "s3cr3t"), null);
        var answer = new Answer(
                200, Headers.of(Map.of("set-cookie", "s3cr3t")), new byte[] {'{', '}'}, Calls.TIMING, Document.NONE);

        assertThat(text(new CaptureLine(CapturePack.contract(folder, "login"), Set.of()).of(7, call, answer, OK)))
                .doesNotContain("s3cr3t", "Basic", "cookie", "192.0.2.1");
    }

    private String line(Set<String> projects, String body, @Nullable Answer answer) {
        var line = new CaptureLine(CapturePack.contract(folder, "login"), projects);
        return text(line.of(7, Calls.call(body), answer, OK));
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
