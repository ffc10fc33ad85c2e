package dev.sallyport.contract.form;

import static dev.sallyport.contract.pack.PackFolder.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.enforcement.RequestContractFilter;
import dev.sallyport.contract.enforcement.RequestReading;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.json.QueryText;
import dev.sallyport.laws.Laws;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

final class QueryCheckTest {
    private static final String SCHEMA = "{'type':'object','required':['user_id'],"
            + "'properties':{'user_id':{'type':'string','minLength':1,'maxLength':8}}}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PackFolder pack;

    @BeforeEach
    void write() {
        pack = SmallPack.in(folder)
                .withExact(
                        "catalog.yml",
                        SmallPack.CATALOG.replace(
                                "  login:\n", "  list:\n    method: GET\n    path: /sessions\n  login:\n"))
                .with("list/request.schema.json", SCHEMA)
                .with("list/reply.schema.json", "{'type':'object'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id=u1",
                "user_id=u1&project_id=p",
                "&&user_id=u1&",
                "%75ser_id=u%31",
                "user_id=a+b",
                "user_id=a=b",
                "user_id=%F0%9F%98%80",
                "user_id=%22%5C",
                "other&user_id=u1&=nameless",
            })
    void a_good_query_is_accepted(String query) {
        assertThat(read(query))
                .satisfies(reading -> assertThat(PackFolder.found(reading)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                          | /user_id required",
                "user=u1                     | /user_id required",
                "user_id[]=u1                | /user_id required",
                "user_id                     | /user_id minLength",
                "user_id=                    | /user_id minLength",
                "user_id=123456789           | /user_id maxLength",
                "user_id=a&user_id=a         | /user_id repeated",
                "user_id=a&%75ser_id=b&user_id=c | /user_id repeated",
                "user_id=a&x/y=1&x%2fy=2     | /x~1y repeated",
            })
    void a_query_that_departs_from_its_schema_is_told_so_about_the_parameter(String query, String violation) {
        Reading reading = read(query);

        assertThat(PackFolder.found(reading)).containsExactly(violation);
        assertThat(document(reading).violations())
                .allSatisfy(each -> assertThat(each.message()).startsWith("is a query parameter that "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                             | ``",
                "limit=1                        | ``",
                "limit=100                      | ``",
                "limit=1.0                      | ``",
                "limit=0                        | /limit minimum",
                "limit=101                      | /limit maximum",
                "limit=1.5                      | /limit type",
                "limit=01                       | /limit type",
                "limit=+1                       | /limit type",
                "limit=%2B1                     | /limit type",
                "limit=%201                     | /limit type",
                "limit=0x10                     | /limit type",
                "limit=                         | /limit type",
                "limit=1&limit=1                | /limit repeated",
                "open=true                      | ``",
                "open=TRUE                      | /open type",
                "open=1                         | /open type",
                "tag=a                          | ``",
                "tag=a&tag=b                    | ``",
                "tag=a&limit=5&tag=b            | ``",
                "tag=a&tag=b&tag=a              | /tag maxItems",
                "tag=a,b                        | /tag/0 enum",
                "tag=c&tag=a                    | /tag/0 enum",
                "code=007                       | ``",
                "code=7                         | ``",
                "id=1&id=2                      | ``",
                "id=1&id=x                      | /id/1 type",
            })
    void what_a_schema_wants_as_a_number_a_flag_or_a_list_is_read_as_such(String query, String violation) {
        pack.with(
                "list/request.schema.json",
                "{'type':'object','properties':{'limit':{'type':'integer','minimum':1,'maximum':100},"
                        + "'open':{'type':'boolean'},'code':{'type':['integer','string']},"
                        + "'tag':{'type':'array','maxItems':2,'items':{'enum':['a','b']}},"
                        + "'id':{'type':'array','items':{'$ref':'#/$defs/number'}}},'$defs':{'number':{'type':'number'}}}");

        assertThat(PackFolder.found(read(query))).isEqualTo(violation.isEmpty() ? List.of() : List.of(violation));
    }

    @Test
    void a_number_beyond_all_bounds_is_no_query() {
        pack.with("list/request.schema.json", "{'type':'object','properties':{'limit':{'type':'number'}}}");

        assertThat(read("limit=" + "9".repeat(200))).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id=%",
                "user_id=%4",
                "user_id=%zz",
                "user_id=%-1",
                "us%er_id=a",
                "user_id=%ff",
                "user_id=%c0%af",
                "user_id=%ed%a0%80",
                "user_id=a;user_id=b",
                "user_id=\u00e4",
                "user_id=a b",
            })
    void what_two_parsers_could_read_differently_is_no_query(String query) {
        assertThat(read(query)).isInstanceOf(Unreadable.class);
    }

    @Test
    void what_was_encoded_is_read_back() {
        Laws.holds(1000, draw -> {
            String text = new String(draw.text(500).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            byte[] query = QueryText.of(Map.of("q", List.of(text)));

            assertThat(QueryText.decoded(query, 2, query.length)).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "refused  | {'about':'a','request':{},'violations':[{'in':'request','at':'/user_id','keyword':'required'}]} | ``",
                "refused  | {'about':'a','request':{'user_id':['a','b']},'violations':[{'in':'request','at':'/user_id','keyword':'repeated'}]} | ``",
                "accepted | {'about':'a','request':{'user_id':'a'}}       | ``",
                "accepted | {'about':'a','request':{'user_id':'a&b c%'}}  | ``",
                "accepted | {'about':'a','request':{'user_id':['a','b']}} | gives request /user_id repeated",
                "accepted | {'about':'a','request':{'user_id':1}}         | neither a text nor a list of texts",
                "accepted | {'about':'a','request':['a']}                 | no object of query parameters",
            })
    void an_example_writes_the_query_as_an_object_of_parameters(String kind, String example, String problem) {
        pack.with("list/examples/" + kind + "/one.json", example);

        if (problem.isEmpty()) {
            assertThat(pack.load().examples()).isEqualTo(3);
        } else {
            assertThatThrownBy(() -> pack.load())
                    .isInstanceOf(PackProblem.class)
                    .hasMessageContaining(problem);
        }
    }

    @Test
    void a_call_with_a_good_query_goes_on_as_it_is() {
        assertThat(sent(true, "/sessions?user_id=u1")).isInstanceOf(Answer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/sessions,             /user_id is a query parameter that is required",
        "/sessions?user_id=1&user_id=2, /user_id is a query parameter that must be given once",
    })
    void a_broken_query_is_refused_and_named(String target, String told) {
        Rejection rejection = ((Refusal) sent(true, target)).rejection();

        assertThat(rejection.reason()).isEqualTo(Reason.REQUEST_BREAKS_CONTRACT);
        assertThat(rejection.message()).contains("the contract of list: " + told);
        assertThat(sent(false, target)).isInstanceOf(Answer.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_query_that_cannot_be_read_is_refused_in_every_mode(boolean enforce) {
        Rejection rejection = ((Refusal) sent(enforce, "/sessions?user_id=%zz")).rejection();

        assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED_HTTP);
        assertThat(rejection.message())
                .startsWith("The query has a percent sign")
                .contains("at byte 8");
    }

    @Test
    void only_a_query_with_a_schema_is_read() {
        assertThat(pack.contract("list").readsRequests()).isTrue();
        assertThat(pack.contract("keys").readsRequests()).isFalse();
    }

    private Reading read(String query) {
        return pack.contract("list").readRequest(query.getBytes(StandardCharsets.UTF_8));
    }

    private Reply sent(boolean enforce, String target) {
        var mode = enforce ? ModeSettings.ENFORCED : ModeSettings.REPORTED;
        var enforcement = ContractEnforcement.request(
                pack.contract("list"),
                ContractSettings.of(mode, mode),
                (operation, direction, violations, refused) -> {});
        var filter = new RequestContractFilter(pack.contract("list"), enforcement);
        Upstream<ReadCall> provider = call -> Mono.just(Calls.answer(200, "{}"));
        Call call = Call.of(
                "list", new RequestLine("GET", target), Headers.NONE, new byte[0], new Caller("project", "192.0.2.1"));
        return Calls.through(new RequestReading(pack.contract("list")), call, filter.around(provider));
    }
}
