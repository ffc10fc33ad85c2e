package dev.sallyport.contract.enforcement;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

final class ContractFiltersTest {
    private static final String TOKEN = "s3cr3t-t0k3n";
    private static final Timing TIMING = new Timing(10, 20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    private final List<ReadCall> sent = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private final ContractEvents events = new ContractEvents() {
        @Override
        public void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused) {
            heard.add(operation.id() + " " + direction + " " + PackFolder.shown(violations) + " " + refused);
        }
    };

    @BeforeEach
    void compile() {
        contract = SmallPack.in(folder).contract("login");
    }

    @Test
    void a_good_request_goes_on_as_the_very_bytes_that_were_checked_and_read() {
        byte[] body = json("{ 'token':'" + TOKEN + "' }");

        Reply reply = request(true, body, answer(200, Map.of(), "{}"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(sent).singleElement().satisfies(call -> {
            assertThat(call.body()).isSameAs(body);
            assertThat(call.document()).isNotSameAs(Document.NONE);
        });
        assertThat(heard).isEmpty();
    }

    @Test
    void a_refused_request_lists_every_departure_and_no_value_and_is_not_sent() {
        Reply reply = request(
                true,
                json("{'token':'" + TOKEN + "','jwt':'" + TOKEN + "','minutes':'" + TOKEN + "','x':'" + TOKEN
                        + "','y':1}"),
                answer(200, Map.of(), "{}"));

        Rejection rejection = rejection(reply);
        assertThat(sent).isEmpty();
        assertThat(rejection.reason()).isEqualTo(Reason.REQUEST_BREAKS_CONTRACT);
        assertThat(PackFolder.shown(rejection.violations()))
                .containsExactlyInAnyOrder(
                        "/minutes type", "/x additionalProperties", "/y additionalProperties", " one-credential");
        assertThat(rejection.message()).contains("login", "/minutes must be integer", "; and 1 more.");
        assertThat(rejection.toString()).doesNotContain(TOKEN);
        assertThat(heard).singleElement().asString().startsWith("login REQUEST").endsWith("true");
    }

    @Test
    void in_report_mode_a_broken_request_is_counted_and_sent_on() {
        Reply reply = request(false, json("{}"), answer(200, Map.of(), "{}"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(sent).hasSize(1);
        assertThat(heard).containsExactly("login REQUEST [ one-credential] false");
    }

    @Test
    void a_reserved_name_is_counted_and_never_refused() {
        Reply reply = request(true, json("{'token':'t','claims':{'sub':'x'}}"), answer(200, Map.of(), "{}"));

        assertThat(reply).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("login REQUEST [/claims reserved] false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_request_that_is_not_strict_json_is_refused_in_every_mode(boolean enforce) {
        Reply reply = request(enforce, json("{'token':" + TOKEN + "}"), answer(200, Map.of(), "{}"));

        assertThat(rejection(reply))
                .isEqualTo(Rejection.of(Reason.BODY_UNREADABLE, "The body is not JSON (at byte 9)."));
        assertThat(sent).isEmpty();
    }

    @Test
    void a_good_reply_passes_as_the_very_bytes_that_were_checked_and_read() {
        Answer answer = answer(200, Map.of("content-encoding", "identity"), "{ 'user':'u' }");

        Reply reply = reply(true, answer);

        assertThat(reply).isInstanceOfSatisfying(Answer.class, passed -> {
            assertThat(passed.body()).isSameAs(answer.body());
            assertThat(passed.content()).isInstanceOf(Document.class);
            assertThat(passed.timing()).isEqualTo(TIMING);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503})
    void the_providers_own_errors_pass_untouched(int status) {
        Answer error = answer(status, Map.of(), "{'status_code':" + status + "}");

        assertThat(((Answer) reply(true, error)).body()).isSameAs(error.body());
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
            Reply reply = reply(true, answer(status, Map.of("Content-Type", type), "{}"));

            assertThat(reply instanceof Answer).isEqualTo(passes);
            if (!passes) {
                assertThat(rejection(reply).violations())
                        .extracting(Violation::keyword)
                        .containsExactly("content-type");
            }
        }
    }

    @Test
    void a_reply_that_says_no_type_or_two_is_refused() {
        var none = read(200, Headers.NONE, "{}");
        var two = read(200, twice("content-type", "application/json"), "{}");

        assertThat(rejection(reply(true, none)).violations())
                .extracting(Violation::message)
                .containsExactly("must be application/json in UTF-8");
        assertThat(rejection(reply(true, two)).violations())
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
        Reply reply = reply(true, answer(503, Map.of("Content-Type", "text/html"), "<html>"));

        assertThat(rejection(reply).violations())
                .extracting(Violation::message)
                .containsExactly("must be application/json in UTF-8, with the status 503");
    }

    @Test
    void a_refusal_from_further_in_passes_untouched() {
        var refusal = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));

        assertThat(reply(true, refusal)).isSameAs(refusal);
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
        Answer broken = answer(status, Map.of("Content-Encoding", coding), body);

        Reply reply = reply(true, broken);

        @Nullable Answer refused = ((Refusal) reply).refused();
        assertThat(refused == null ? null : refused.body()).as("for the log").isSameAs(broken.body());
        Rejection rejection = rejection(reply);
        assertThat(rejection.reason()).isEqualTo(Reason.REPLY_BREAKS_CONTRACT);
        assertThat(rejection.violations()).extracting(Violation::keyword).containsExactly(keyword);
        assertThat(rejection.toString()).doesNotContain(TOKEN);
        assertThat(reply.timing()).isEqualTo(TIMING);
        assertThat(heard).singleElement().asString().startsWith("login REPLY").endsWith("true");
    }

    @Test
    void an_error_that_is_too_large_to_be_the_providers_is_not_read() {
        Answer large = answer(503, Map.of("Content-Encoding", "identity"), "{'a':'" + "x".repeat(64 * 1024) + "'}");

        assertThat(rejection(reply(true, large)).violations())
                .extracting(Violation::keyword)
                .containsExactly("size");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"200, <html>, false", "200, {'user':1}, true", "302, {}, false"})
    void in_report_mode_a_broken_reply_is_counted_and_passed_on(int status, String body, boolean read) {
        Reply reply = reply(false, answer(status, Map.of(), body));

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Answer.class,
                        answer ->
                                assertThat(answer.content() instanceof Document).isEqualTo(read));
        assertThat(heard).singleElement().asString().endsWith("false");
    }

    @Test
    void the_doors_say_what_they_do() {
        assertThat(new RequestContractFilter(contract, requestEnforcement(true)))
                .hasToString("requestContract(enforce, reserved=report)");
        assertThat(new ReplyContractFilter(replyEnforcement(false))).hasToString("replyContract(report)");
    }

    private Reply request(boolean enforce, byte[] body, Reply answer) {
        return through(new RequestContractFilter(contract, requestEnforcement(enforce)), body, answer);
    }

    private Reply reply(boolean enforce, Reply answer) {
        return through(new ReplyContractFilter(replyEnforcement(enforce)), json("{'token':'t'}"), answer);
    }

    private ContractEnforcement requestEnforcement(boolean enforce) {
        return ContractEnforcement.request(contract, modes(enforce), events);
    }

    private ContractEnforcement replyEnforcement(boolean enforce) {
        return ContractEnforcement.reply(contract, modes(enforce), events, null);
    }

    private static ContractSettings modes(boolean enforce) {
        ModeSettings mode = enforce ? ModeSettings.ENFORCED : ModeSettings.REPORTED;
        return ContractSettings.of(mode, mode);
    }

    private Reply through(Filter<ReadCall> filter, byte[] body, Reply answer) {
        Upstream<ReadCall> provider = call -> {
            sent.add(call);
            return Mono.just(answer);
        };
        Call call = Call.of("login", "POST", "/login", Headers.NONE, body, "project", "192.0.2.1");
        return Calls.through(new RequestReading(contract), call, filter.around(provider));
    }

    private Answer answer(int status, Map<String, String> headers, String body) {
        Map<String, String> said = new HashMap<>(Map.of("content-type", "application/json"));
        said.putAll(headers);
        return read(status, Headers.of(said), body);
    }

    private Answer read(int status, Headers headers, String body) {
        return new ReplyReading(contract).read(status, headers, json(body), TIMING);
    }

    private static Rejection rejection(Reply reply) {
        assertThat(reply).isInstanceOf(Refusal.class);
        return ((Refusal) reply).rejection();
    }
}
