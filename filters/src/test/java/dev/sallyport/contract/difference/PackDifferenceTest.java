package dev.sallyport.contract.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackDifferenceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private List<String> told(PackFolder after) {
        return PackDifference.between(SmallPack.in(folder.resolve("a")).files(), after.files()).stream()
                .map(Difference::toString)
                .toList();
    }

    private PackFolder other() {
        return SmallPack.in(folder.resolve("b"));
    }

    @Test
    void packs_that_promise_the_same_do_not_differ() {
        assertThat(told(other())).isEmpty();
        assertThat(PackDifference.between(PackFiles.of("stytch"), PackFiles.of("stytch")))
                .isEmpty();
    }

    @Test
    void notes_and_examples_are_not_compared() {
        PackFolder after = other().withExact(
                        "catalog.yml",
                        "# a note\n" + SmallPack.CATALOG.replace("description: small", "description: tiny"))
                .with(
                        "keys/reply.schema.json",
                        "{'title':'Keys','x-note':1,'format':'int32','type':'object','required':['keys']}")
                .with("login/examples/accepted/other.json", "{'about':'x','request':{'token':'t'}}");

        assertThat(told(after)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: {request: [one-credential, reserved]} | rules: {request: [one-credential]} | loosened   /operations/login/rules/request: no longer has reserved",
                "rules: {request: [one-credential, reserved]} | rules: {request: [reserved, one-credential, subject-is-user]} | tightened  /operations/login/rules/request: has subject-is-user as well",
                "rules: [token-when-user, subject-is-user] | rules: [token-when-user] | warning: loosened   /operations/login/session-token/rules: no longer has subject-is-user",
                "lifetime: PT5M | lifetime: PT1H | warning: loosened   /session-tokens/session/lifetime: PT1H, was PT5M",
                "lifetime: PT5M | lifetime: PT60S | tightened  /session-tokens/session/lifetime: PT60S, was PT5M",
                "algorithm: RS256 | algorithm: ES256 | warning: changed    /session-tokens/session/algorithm: ES256, was RS256",
                "\"{base-url}\"] | \"{base-url}\", \"x\"] | warning: loosened   /session-tokens/session/issuers: has x as well",
                "path: /keys/{project} | path: /locks/{project} | changed    /operations/keys/path: /locks/{project}, was /keys/{project}",
                "path: /login | {path: /login, query: pass} | loosened   /operations/login/query: pass, was not said",
                "path: /login | {path: /login, statuses: [200]} | ",
                "path: /login | {path: /login, statuses: [200,201]} | loosened   /operations/login/statuses: has 201 as well",
                "path: /keys/{project} | {path: /keys/{project}, project: credentials} | warning: changed    /operations/keys/project: credentials, was not said",
                "path: /login | {path: /login, done-before: {status: 401}} | warning: changed    /operations/login/done-before: {\"status\":401}, was not said",
                "telemetry: /telemetry_id | # none | warning: loosened   /operations/login/telemetry: no longer said, was /telemetry_id",
                "error-types: | {reported: [subject-is-user]} | warning: loosened   /reported: has subject-is-user as well",
                "error-types: | {credentials: [X-Key]} | tightened  /credentials: has X-Key as well",
                "error-types: | {plain: [user]} | warning: loosened   /plain: has user as well",
                "error-url: https://errors.invalid/{status} | error-url: https://e.invalid/ | changed    /error-url: https://e.invalid/, was https://errors.invalid/{status}",
                "values: [\"token:/sub\", \"reply:/user\"] | values: [\"token:/sub\"] | warning: loosened   /rules/subject-is-user/equal/values: no longer has reply:/user",
                "names: [sub] | names: [sub, iss] | tightened  /rules/reserved/reserved-names/names: has iss as well",
            })
    void what_differs_in_catalogs_is_told_with_what_it_leads_to(String before, String after, String told) {
        String text = after.startsWith("{")
                ? SmallPack.CATALOG.replace(
                        before,
                        after.substring(1, after.length() - 1)
                                        .replaceAll(", (query|statuses|project|done-before)", "\n    $1")
                                + (before.equals("error-types:") ? "\nerror-types:" : ""))
                : SmallPack.CATALOG.replace(before, after);
        PackFolder pack = other().withExact("catalog.yml", text);

        assertThat(told(pack)).isEqualTo(told == null ? List.of() : List.of(told));
    }

    @Test
    void operations_and_token_checks_that_come_and_go_are_told() {
        String text = SmallPack.CATALOG.replaceAll("(?s)    session-token:\\s+kind.*", "")
                + "  logout: {method: POST, path: /logout}\n";
        PackFolder after = other().withExact("catalog.yml", text)
                .with("logout/request.schema.json", "{}")
                .with("logout/reply.schema.json", "{}");

        assertThat(told(after))
                .satisfiesExactly(
                        token -> assertThat(token)
                                .startsWith(
                                        "warning: loosened   /operations/login/session-token: no longer said, was {"),
                        logout -> assertThat(logout).isEqualTo("added      /operations/logout: POST /logout"));
        assertThat(PackDifference.between(
                        after.files(), SmallPack.in(folder.resolve("a")).files()))
                .extracting(Difference::toString)
                .contains("warning: removed    /operations/logout: POST /logout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'maximum':60} | {'maximum':30} | tightened  AT/maximum: 30, was 60",
                "{'maximum':60} | {'maximum':90} | loosened   AT/maximum: 90, was 60",
                "{'maximum':60} | {'maximum':60.0} | ",
                "{} | {'maximum':60} | tightened  AT/maximum: 60, was not said",
                "{'minLength':1} | {} | loosened   AT/minLength: no longer said, was 1",
                "{'minLength':1} | {'minLength':2} | tightened  AT/minLength: 2, was 1",
                "{'enum':['a','b']} | {'enum':['a']} | tightened  AT/enum: no longer has b",
                "{'enum':['a']} | {'enum':['a','b']} | loosened   AT/enum: has b as well",
                "{'type':'number'} | {'type':'integer'} | tightened  AT/type: no longer has number",
                "{'type':'string'} | {'type':['string','null']} | loosened   AT/type: has null as well",
                "{'required':['a','b']} | {'required':['b']} | loosened   AT/required: no longer has a",
                "{'pattern':'^a'} | {'pattern':'^b'} | changed    AT/pattern: ^b, was ^a",
                "{'format':'date-time'} | {} | loosened   AT/format: no longer said, was date-time",
                "{'format':'email'} | {} | ",
                "{'items':{'maxLength':2}} | {'items':{'maxLength':1}} | tightened  AT/items/maxLength: 1, was 2",
                "{} | false | tightened  AT: nothing passes",
                "{'additionalProperties':false} | {} | loosened   AT/additionalProperties: something passes, nothing did",
                "{'properties':{'a':{}}} | {'properties':{'a':{},'b':{}}} | tightened  AT/properties/b: is named, was not",
                "{'properties':{'a':{}},'additionalProperties':false} | {'properties':{'a':{},'b':{}},'additionalProperties':false} | loosened   AT/properties/b: is named, was not",
                "{'anyOf':[{'type':'null'}]} | {'anyOf':[{'type':'null'},{'type':'string'}]} | loosened   AT/anyOf/1: is there as well",
                "{'allOf':[{'type':'null'}]} | {'allOf':[]} | loosened   AT/allOf/0: is no longer there",
                "{'not':{'const':1}} | {'not':{'const':2}} | changed    AT/not: {\"const\":2}, was {\"const\":1}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'maxLength':1}}} | {'$ref':'#/$defs/a','$defs':{'a':{'maxLength':2}}} | loosened   AT/$defs/a/maxLength: 2, was 1",
            })
    void what_differs_in_schemas_is_told_by_keyword(String before, String after, String told) {
        String file = "keys/reply.schema.json";
        PackFolder earlier = SmallPack.in(folder.resolve("c")).with(file, before.replace("'allOf':[]", "'x-none':1"));
        PackFolder later = other().with(file, after.replace("'allOf':[]", "'x-none':1"));

        List<String> lines = PackDifference.between(earlier.files(), later.files()).stream()
                .map(Difference::toString)
                .toList();

        assertThat(lines).isEqualTo(told == null ? List.of() : List.of(told.replace("AT", file + "#")));
    }

    @Test
    void a_schema_of_claims_protects() {
        PackFolder after = other().with("claims.json", "{'type':'object','properties':{}}");

        assertThat(told(after)).allMatch(line -> line.startsWith("warning: loosened   claims.json#/"));
    }

    @Test
    void what_stands_below_not_has_no_direction() {
        String file = "keys/reply.schema.json";
        String schema = "{'not':{'$ref':'#/$defs/a'},'$defs':{'a':{'maxLength':%d}}}";
        PackFolder earlier = SmallPack.in(folder.resolve("c")).with(file, schema.formatted(1));
        PackFolder later = other().with(file, schema.formatted(2));

        assertThat(PackDifference.between(earlier.files(), later.files()))
                .extracting(Difference::toString)
                .containsExactly("changed    keys/reply.schema.json#/$defs/a/maxLength: 2, was 1");
    }
}
