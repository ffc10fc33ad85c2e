package dev.sallyport.contract.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.contract.file.PackProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pack with many mistakes: all of them are told at once, each with its place. */
final class AllProblemsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PackFolder pack;

    @BeforeEach
    void write() {
        pack = SmallPack.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "description: small | description: small\\nnot-carried-out: {200: [busy]}"
                        + " | catalog.yml at not-carried-out: must be by statuses from 400 to 599, was 200",
                "path: /login | path: /login\\n    group: .hidden"
                        + " | catalog.yml at operations.login.group: must be a name of up to 64 letters, digits, . _ and -, was .hidden",
                "path: /login | path: /login\\n    kept: PT1H"
                        + " | catalog.yml at operations.login.kept: can only be said of a GET that is repeatable: always",
                "path: /login | path: /login\\n    done-before: {status: 404, error-type: gone, reply: {}}"
                        + " | catalog.yml at operations.login.done-before: means nothing unless the operation is repeatable: always",
                "path: /login | path: /login\\n    repeatable: always\\n    done-before: {status: 200, error-type: gone, reply: {}}"
                        + " | catalog.yml at operations.login.done-before.status: must be from 400 to 499, was 200",
                "path: /login | path: /login\\n    repeatable: always\\n    done-before: {status: 404, error-type: gone, reply: {user: 1}}"
                        + " | catalog.yml at operations.login.done-before.reply: breaks the operation's reply.schema.json",
            })
    void what_is_said_of_calls_that_go_wrong_is_held_against_the_rest(String had, String has, String problem) {
        String told = "errors: {body: {type: '{error-type}', id: '{request-id}'}}\nerror-types:";
        String catalog = SmallPack.CATALOG.replace("error-types:", told);
        pack.withExact("catalog.yml", catalog.replace(had, has.replace("\\n", "\n")));

        assertThat(problems()).containsExactly(problem);
    }

    @Test
    void error_types_are_named_only_where_errors_have_one() {
        pack.withExact(
                "catalog.yml",
                SmallPack.CATALOG.replace(
                        "description: small",
                        "description: small\nnot-carried-out: {429: [busy]}\nerrors: {body: {message: '{message}'}}"));

        assertThat(problems())
                .containsExactly(
                        "catalog.yml at not-carried-out: cannot be told without an {error-type} in errors.body");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_in_a_stable_order() {
        pack.withExact(
                "catalog.yml",
                SmallPack.CATALOG
                        .replace("method: GET", "method: get")
                        .replace("path: /login", "path: login")
                        .replace("telemetry: /telemetry_id", "telemetry: telemetry_id")
                        .replace("request: [one-credential, reserved]", "request: [one-credential, reserve, none]")
                        .replace("request:/claims", "claims")
                        .replace("description: small", "description: small\nreported: [nothing]"));
        pack.with("keys/reply.schema.json", "{'type':'object','required':'keys',\n'minLength':-1,'pattern':'(?=a)'}");
        pack.with(
                "login/request.schema.json",
                "{'properties':{'a':{'$ref':'#/$defs/a'},'b':{'$ref':'gone.json'},'c':{'items':{'$ref':'#/$defs/c'}}}}");
        pack.with("login/reply.schema.json", "{'type':\n'object',}");
        pack.with("login/examples/accepted/good.json", "{'abuot':'x'}");
        pack.with("login/examples/refused/none.json", "{'about':'x',\n'request'}");

        assertThat(problems())
                .containsExactly(
                        "catalog.yml at operations.keys: method must be one of DELETE, GET, PATCH, POST, PUT, was get",
                        "catalog.yml at operations.login: path must begin with / and have only characters of a URI's path,"
                                + " and steps of the form {…}, was login",
                        "catalog.yml at reported: names no rule of this catalog: nothing",
                        "catalog.yml at rules.reserved: a field is written request:/…, request-token:/…, reply:/… or"
                                + " token:/…, was claims",
                        "keys/reply.schema.json at #/minLength: is not a JSON Schema: must have a minimum value of 0",
                        "keys/reply.schema.json at #/required: is not a JSON Schema: string found, array expected",
                        "keys/reply.schema.json at #/pattern: is an unsupported regular expression: it looks around, or"
                                + " has a group that ECMAScript does not know, at character 1",
                        "catalog.yml at operations.login.telemetry: a JSON Pointer starts with \"/\": telemetry_id",
                        "catalog.yml at operations.login: request names no rule of this catalog: reserve",
                        "catalog.yml at operations.login: request names no rule of this catalog: none",
                        "login/request.schema.json at #/properties/a/$ref: leads nowhere: #/$defs/a",
                        "login/request.schema.json at #/properties/b/$ref: leads to no file of this pack: gone.json",
                        "login/request.schema.json at #/properties/c/items/$ref: leads nowhere: #/$defs/c",
                        "login/reply.schema.json at line 2, column 10: is not JSON: Unexpected character ('}' (code 125)):"
                                + " was expecting double-quote to start property name",
                        "login/examples/accepted/good.json at line 1: is no example: has an unknown key abuot; known are"
                                + " about, project, reply, reported, request, status, token, violations",
                        "login/examples/refused/none.json at line 2: is no example: Unexpected character ('}' (code 125)):"
                                + " was expecting a colon to separate property name and value");
        assertThat(problems()).isEqualTo(problems());
    }

    @Test
    void every_example_that_does_something_else_is_named() {
        pack.with("login/examples/accepted/a.json", "{'about':'a','request':{'token':1}}");
        pack.with("login/examples/accepted/b.json", "{'about':'b','request':{}}");

        assertThat(problems())
                .containsExactly(
                        "login/examples/accepted/a.json: must give no violation, gives request /token type",
                        "login/examples/accepted/b.json: must give no violation, gives request (whole) one-credential");
    }

    @Test
    void a_schema_that_many_operations_share_is_told_once() {
        pack.with("claims.json", "{'type':'thing'}");
        pack.withExact(
                "catalog.yml",
                SmallPack.CATALOG
                        + "  again:\n    method: POST\n    path: /again\n    session-token: {kind: session, at: /jwt}\n");
        pack.with("again/request.schema.json", "{}").with("again/reply.schema.json", "{}");

        assertThat(problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("claims.json at #/type: is not a JSON Schema: ");
    }

    @Test
    void of_very_many_the_first_fifty_are_told_and_how_many_more_there_are() {
        String references = IntStream.range(0, 73)
                .mapToObj(each -> "'m" + each + "':{'$ref':'#/$defs/none'}")
                .collect(Collectors.joining(","));
        pack.with("keys/reply.schema.json", "{'properties':{" + references + "}}");

        assertThat(problems()).hasSize(51).last().isEqualTo("and 23 more");
    }

    /** Without the folder's own path. */
    private List<String> problems() {
        PackProblem problem = catchThrowableOfType(PackProblem.class, pack::load);
        return String.valueOf(problem.getMessage())
                .lines()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }
}
