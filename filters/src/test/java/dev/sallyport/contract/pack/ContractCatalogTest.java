package dev.sallyport.contract.pack;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.json.StrictJson;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContractCatalogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PackFolder pack;

    @BeforeEach
    void write() {
        pack = SmallPack.in(folder);
    }

    @Test
    void a_pack_is_compiled_and_every_example_is_tried() {
        ContractCatalog catalog = pack.load();

        assertThat(catalog.contracts())
                .extracting(contract -> contract.operation().id())
                .containsExactly("keys", "login");
        assertThat(catalog.examples()).isEqualTo(2);
        assertThat(catalog.leftToLibrary()).isEmpty();
        assertThat(catalog.contract("logout")).isEmpty();
    }

    @Test
    void a_violation_carries_the_name_of_its_rule_and_the_providers_error_type() {
        Contract contract = pack.contract("login");

        Document request = document(contract.readRequest(json("{'minutes':'many','claims':{'sub':1}}")));

        assertThat(contract.requestViolations(request))
                .extracting("at", "keyword", "errorType")
                .containsExactly(
                        tuple("/minutes", "type", "invalid_minutes"), tuple("", "one-credential", "no_credential"));
        assertThat(contract.requestReports(request)).extracting("keyword").containsExactly("reserved");
    }

    @Test
    void of_a_pack_that_is_served_only_those_examples_are_tried_that_the_build_did_not() {
        var json = new StrictJson(32);
        pack.load();

        assertThat(PackCompiler.load(PackFiles.of("stytch"), json).examples()).isGreaterThan(100);
        assertThat(PackCompiler.loadServed(PackFiles.of("stytch"), json).examples())
                .isZero();
        assertThat(PackCompiler.loadServed(pack.files(), json).examples()).isEqualTo(2);
    }

    @Test
    void a_depth_that_the_examples_of_the_pack_go_beyond_is_not_served() {
        var shallow = new StrictJson(4);

        assertThatThrownBy(() -> PackCompiler.loadServed(PackFiles.of("stytch"), shallow))
                .hasMessageContaining("nests too deep");
    }

    @Test
    void a_pack_says_which_operations_take_keys() {
        String keyed = SmallPack.CATALOG.replace("    path: /login", "    path: /login\n    idempotency-key: true");

        assertThat(pack.contract("login").operation().takesIdempotencyKey()).isFalse();
        assertThat(pack.withExact("catalog.yml", keyed)
                        .contract("login")
                        .operation()
                        .takesIdempotencyKey())
                .isTrue();
    }

    @Test
    void settings_can_speak_of_the_binding_of_devices_and_not_of_the_lookups_own_rules() {
        ContractCatalog catalog = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));

        assertThat(catalog.ruleNames())
                .contains("device-is-looked-up", "subject-is-user")
                .doesNotContain("lookup-is-of-the-device");
    }

    @Test
    void the_binding_of_devices_needs_a_name_of_its_own() {
        String lookup =
                "\nfingerprint-lookup: { operation: lookup, method: POST, path: /lookup, telemetry: /id, verdict: /v, "
                        + "reasons: /r, visitor: /w, not-found: x, binding: one-credential }\n";

        pack.withExact("catalog.yml", SmallPack.CATALOG + lookup);

        assertThatThrownBy(pack::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("fingerprint-lookup: binding is the name of another rule: one-credential");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exactly-one-of:\\n      of| one-of:\\n      of     | catalog.yml at line 14     | one-of",
                "description: small       | descriptoin: small      | catalog.yml at line 1, column 1 | unknown key descriptoin",
                "description: small       | `description: small\\nother: x` | catalog.yml at line 2, column 1 | other",
                "method: POST             | verb: POST              | catalog.yml at line        | method is missing",
                "method: POST             | path: /twice            | catalog.yml at line        | uplicate",
                "description: small       | `description: [small]`  | catalog.yml at line 1      | another kind",
                "request: [one-credential | request: [two-credentials| operations.login           | two-credentials",
                "method: GET              | `method: GET\n    idempotency-key: true` | operations.keys | idempotency-key can only be said of a POST",
                "kind: session            | kind: sesion            | operations.login           | sesion",
                "jwks: keys               | jwks: locks             | operations.login           | locks",
                "request:/token           | body:/token             | rules.one-credential       | body:/token",
                "request:/token           | request:token           | rules.one-credential       | token",
                "lifetime: PT5M           | lifetime: 5 minutes     | catalog.yml at line        | 5 minutes",
                "claims: claims.json      | claims: none.json       | none.json                  | cannot be read",
                "claims: claims.json      | title: x                | catalog.yml at line        | claims is missing",
                "path: /login             | # no path               | catalog.yml                | path is missing",
                "of: [\"request:/token\", \"request:/jwt\"] | # none | catalog.yml | of is missing",
            })
    void a_catalog_that_is_wrong_names_its_file_and_place(String good, String bad, String place, String what) {
        String text = SmallPack.CATALOG.replace(good.replace("\\n", "\n"), bad.replace("\\n", "\n"));
        pack.withExact("catalog.yml", text);

        assertThat(text).isNotEqualTo(SmallPack.CATALOG);
        assertThatThrownBy(() -> pack.load())
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining(place)
                .hasMessageContaining(what.replace("`", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain: [s3cr3t | line 2, column 1: is not YAML: expected ',' or ']'",
                "description: a: s3cr3t | line 1, column 15: is not YAML: mapping values are not allowed here",
                "description: 's3cr3t | line 2, column 1: is not YAML: found unexpected end of stream",
                "description: @s3cr3t | line 1, column 14: is not YAML: found character '@' that cannot start any token. (Do not use @ for indentation)",
                "description: \u0001s3cr3t | : is not YAML: it has a character that may not be there",
            })
    void a_catalog_that_is_no_yaml_is_told_in_a_line_without_its_text(String text, String told) {
        pack.withExact("catalog.yml", text + "\n");

        assertThatThrownBy(pack::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageEndingWith(told)
                .hasMessageContaining("catalog.yml")
                .hasMessageNotContainingAny("s3cr3t", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "method: POST | method: post | operations.login: method must be one of DELETE, GET, PATCH, POST, PUT, was post",
                "method: POST | method: 'PO ST' | operations.login: method must be one of",
                "method: POST | method: TRACE | operations.login: method must be one of",
                "path: /login | path: login | operations.login: path must begin with /",
                "path: /login | path: '' | operations.login: path must begin with /",
                "path: /login | path: /log in | operations.login: path must",
                "path: /login | path: /login?next=1 | operations.login: path must",
                "path: /login | path: '/login#there' | operations.login: path must",
                "path: /login | path: /log%zzin | operations.login: path must",
                "path: /login | path: /log[in] | operations.login: path must",
                "path: /login | path: '/{a}/{b}' | operations.login: project is missing, and the path has several steps",
                "path: /login | path: '/{a}/{a}' | operations.login: path has two steps of one name",
                "path: /login | `path: /login\n    project: a` | operations.login: project must be a step of the path or credentials, was a",
                "path: /keys/{project} | `path: /{a}/{b}\n    project: a` | operations.login: session-tokens.session.jwks has a path with steps",
                "path: /login | path: '/login-{a}' | operations.login: path must",
                "path: /login | path: '/{a' | operations.login: path must",
                "path: /login | `path: /login\n  second: {method: POST, path: /login}\n  third:\n    method: GET\n    path: /third` | operations.second: path and method are those of login as well",
            })
    void an_endpoint_that_cannot_be_served_is_named_with_its_operation(String good, String bad, String problem) {
        pack.withExact("catalog.yml", SmallPack.CATALOG.replace(good, bad));

        assertThatThrownBy(pack::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("catalog.yml at " + problem);
    }

    @Test
    void the_lookup_of_devices_has_an_endpoint_like_any_other() {
        String lookup =
                "\nfingerprint-lookup: { operation: lookup, method: POST, path: 'look up', telemetry: /id, verdict: /v, "
                        + "reasons: /r, visitor: /w, not-found: x, binding: bound }\n";

        pack.withExact("catalog.yml", SmallPack.CATALOG + lookup);

        assertThatThrownBy(pack::load)
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("catalog.yml at fingerprint-lookup: path must begin with /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "text", "operations: {}", "---\n\u0000"})
    void a_catalog_that_is_no_catalog_stops_the_start(String text) {
        pack.withExact("catalog.yml", text);

        assertThatThrownBy(() -> pack.load()).isInstanceOf(PackProblem.class).hasMessageContaining("catalog.yml");
    }

    @Test
    void a_folder_without_a_catalog_is_no_pack() {
        assertThatThrownBy(() -> PackFiles.of(folder.resolve("none").toString()))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("catalog.yml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "accepted | {'about':'a','request':{'token':1}}                                    | must give no violation, gives request /token type",
                "accepted | {'about':'a','request':{'token':'t'},'violations':[{'in':'request','at':'','keyword':'x'}]} | is accepted and lists violations",
                "refused  | {'about':'a','request':{'token':'t'}}                                  | is refused and lists no violation",
                "refused  | {'about':'a','request':{'token':'t'},'violations':[{'in':'request','at':'','keyword':'x'}]} | must give request (whole) x, gives no violation",
                "refused  | {'about':'a','request':{},'violations':[{'in':'request','at':'/x','keyword':'one-credential'}]} | gives request (whole) one-credential",
                "accepted | {'about':'a','reply':{'jwt':'x','user':'u'},'token':{'sub':'v'}}       | gives reply (whole) subject-is-user",
                "accepted | {'about':'a','reply':{'jwt':'x','user':'u'},'token':{'sub':1}}         | token /sub type",
                "accepted | {'about':'a','reqest':{}}                                              | reqest",
                "accepted | {'about':'a',\\n'request':\\n}                                         | line 3",
                "accepted | ``                                                                     | is no example",
                "accepted | null                                                                   | is no example",
            })
    void an_example_that_does_something_else_stops_the_start_and_is_named(String kind, String example, String message) {
        pack.with("login/examples/" + kind + "/the-example.json", example.replace("\\n", "\n"));

        assertThatThrownBy(() -> pack.load())
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("login/examples/" + kind + "/the-example.json")
                .hasMessageContaining(message);
    }

    @Test
    void an_example_with_a_token_where_none_is_promised_stops_the_start() {
        pack.with("keys/examples/accepted/a.json", "{'about':'a','reply':{'keys':[]},'token':{}}");

        assertThatThrownBy(() -> pack.load())
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("no token is promised");
    }

    @Test
    void an_operation_without_a_body_reads_none_and_breaks_no_rule_about_members() {
        pack.withExact(
                "catalog.yml",
                SmallPack.CATALOG.replace(
                        "method: GET", "method: GET\n    rules: {request: [one-credential, reserved]}"));

        Contract contract = pack.contract("keys");
        Document request = document(contract.readRequest(new byte[0]));

        assertThat(contract.requestViolations(request)).isEmpty();
        assertThat(contract.requestReports(request)).isEmpty();
    }
}
