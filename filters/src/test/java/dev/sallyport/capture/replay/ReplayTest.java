package dev.sallyport.capture.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.capture.replay.Replay.Verdict;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masked documents against single schemas and rules: what is told, and what is left open because a mask may be the cause. */
final class ReplayTest {
    private static final String CATALOG = """
            description: to be replayed
            error-url: https://errors.invalid/{status}
            session-tokens:
              session: {jwks: keys, algorithm: RS256, type: JWT, lifetime: PT5M, claims: c.json, issuers: []}
            rules:
              one: {exactly-one-of: {of: ["request:/a", "request:/b"]}}
              small: {json-size: {at: "request:/claims", max-bytes: 100}}
              same: {equal: {values: ["token:/sub", "reply:/id", "reply:/user/id"]}}
              with-token: {all-or-none: {values: ["token:/sub", "reply:/id"]}}
              done: {when: {value: "reply:/done", is: "true", present: ["reply:/id"]}}
              echo: {matches-any-of: {asked: "request:/who", answered: ["reply:/id", "reply:/slug"]}}
              claimed: {contains-members: {asked: "request:/claims", in: ["reply:/claims"]}}
            reported: [echo, claimed]
            operations:
              call:
                method: POST
                path: /call
                rules: {request: [%s], reply: [echo, claimed]}
                session-token: {kind: session, at: /jwt, rules: [%s]}
              keys: {method: GET, path: "/keys/{p}"}
              look: {method: GET, path: /look}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the schema of member a            | the masked request                  | what is told | left open
                "{'type':'string'}                   | {'a':'~string:5#1~'}                |           | 0",
                "{'type':'integer'}                  | {'a':'~string:5#1~'}                | type      | 0",
                "{'type':'integer'}                  | {'a':'~fraction~'}                  | type      | 0",
                "{'type':'integer','maximum':0}      | {'a':'~integer~'}                   |           | 1",
                "{'type':'integer','maximum':0}      | {'a':5}                             | maximum   | 0",
                "{'type':'boolean','const':false}    | {'a':'~boolean~'}                   |           | 1",
                "{'maxLength':4}                     | {'a':'~string:5#1~'}                | maxLength | 0",
                "{'maxLength':4}                     | {'a':'~string:5/4#1~'}              |           | 0",
                "{'minLength':1}                     | {'a':'~string:0~'}                  | minLength | 0",
                "{'minLength':32}                    | {'a':'~jwt:31#1~'}                  | minLength | 0",
                "{'enum':['x','yy']}                 | {'a':'~string:2#1~'}                |           | 1",
                "{'enum':['x','yy']}                 | {'a':'z'}                           | enum      | 0",
                "{'pattern':'^x$'}                   | {'a':'~string:2#1~'}                |           | 1",
                "{'pattern':'^x$'}                   | {'a':'z'}                           | pattern   | 0",
                "{'type':'object','required':['q']}  | {'a':'~object:20/2~'}               |           | 1",
                "{'type':'array'}                    | {'a':'~object:20/2~'}               | type      | 0",
                "{'maxProperties':1}                 | {'a':'~object:20/2~'}               | maxProperties | 0",
                "{'maxItems':2}                      | {'a':'~array:20/3~'}                | maxItems  | 0",
                "{'items':{'type':'integer'}}        | {'a':'~array:20/3~'}                |           | 1",
                "{'items':{'type':'integer'}}        | {'a':['~string:3#1~',1]}            | type      | 0",
                "{'additionalProperties':false,'properties':{'lang':{}}} | {'a':{'~name:5#1~':1}} | additionalProperties | 0",
                "{'additionalProperties':false,'properties':{'lang':{}}} | {'a':{'~name:4#1~':1}} |        | 1",
                "{'required':['lang']}               | {'a':{'~name:5#1~':1}}              | required  | 0",
                "{'required':['lang']}               | {'a':{'~name:4#1~':1}}              |           | 1",
                "{'anyOf':[{'pattern':'^x$'},{'const':1}]} | {'a':'~string:2#1~'}          |           | 2",
                "{'anyOf':[{'pattern':'^x$'},{'const':1}]} | {'a':'z'}                     | pattern,const | 0",
                "{'if':{'properties':{'k':{'const':'x'}}},'then':{'required':['m']},'else':{'required':['nn']}} | {'a':{'k':'~string:1#1~'}} | | 1",
                "{'if':{'properties':{'k':{'const':'x'}}},'then':{'required':['m']}} | {'a':{'k':'x'}} | required | 0",
                "{'not':{'required':['k']}}          | {'a':{'k':'~string:1#1~'}}          |           | 1",
                "{'uniqueItems':true}                | {'a':['~integer~','~integer~']}     |           | 1",
                "{'uniqueItems':true}                | {'a':[1,1]}                         | uniqueItems | 0",
            })
    void only_what_a_mask_cannot_have_caused_is_told(String schema, String request, String told, int open)
            throws UnreadableLine {
        var pack = pack("", "", "{'type':'object','properties':{'a':" + schema.strip() + "}}", "{}");

        Verdict verdict = replayed(pack, "'request':{'json':" + request.strip() + "}");

        assertTold(verdict, told, open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "one   | {'a':'~string:3#1~'}                     |       | 0",
                "one   | {'a':'~string:0~','b':'~string:3#1~'}    |       | 0",
                "one   | {'a':'~string:3#1~','b':'~jwt:31#2~'}    | one   | 0",
                "one   | {'~name:2#1~':'~string:3#1~'}            | one   | 0",
                "one   | {'~name:1#1~':'~string:3#1~'}            |       | 1",
                "small | {'claims':'~object:101/1~'}              | small | 0",
                "small | {'claims':'~object:100/30~'}             |       | 0",
                "small | {'claims':'~object:90/3~'}               |       | 0",
            })
    void rules_of_requests_are_asked_about_shapes(String rule, String request, String told, int open)
            throws UnreadableLine {
        Verdict verdict = replayed(pack(rule, "", "{}", "{}"), "'request':{'json':" + request.strip() + "}");

        assertTold(verdict, told, open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "same       | {'id':'~string:36#1~','user':{'id':'~string:36#1~'}}   |      | 0",
                "same       | {'id':'~string:36#1~','user':{'id':'~string:36#2~'}}   | same | 0",
                "same       | {'id':'one','user':{'id':'~string:3#2~'}}              | same | 0",
                "same       | {'id':'~integer~','user':{'id':5}}                     |      | 1",
                "with-token | {'id':'~string:36#1~'}                                 |      | 0",
                "done       | {'done':true}                                          | done | 0",
                "done       | {'done':true,'id':'~string:3#1~'}                      |      | 0",
                "done       | {'done':'~boolean~'}                                   |      | 1",
                "done       | {'done':'~string:4#1~'}                                |      | 0",
            })
    void bindings_that_need_no_token_are_asked_too(String rule, String reply, String told, int open)
            throws UnreadableLine {
        Verdict verdict = replayed(
                pack("", rule, "{}", "{}"),
                "'request':{'json':{}},'status':200,'reply':{'json':" + reply.strip() + "}");

        assertTold(verdict, told, open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'who':'~string:36#1~'}          | {'id':'~string:36#1~'}                          |      | 0",
                "{'who':'~string:36#1~'}          | {'id':'~string:36#2~','slug':'~string:36#1~'}   |      | 0",
                "{'who':'~string:36#1~'}          | {'id':'~string:36#2~'}                          | echo | 0",
                "{'claims':'~object:20/2~'}       | {'claims':'~object:30/3~'}                      |      | 1",
            })
    void what_the_pack_only_counts_refuses_no_call(String request, String reply, String told, int open)
            throws UnreadableLine {
        Verdict verdict = replayed(
                pack("", "", "{}", "{}"),
                "'request':{'json':" + request.strip() + "},'status':200,'reply':{'json':" + reply.strip() + "}");

        assertTold(verdict, told, open);
        assertThat(verdict.isRefused()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'request':{'unreadable':{'bytes':9}}                                       | call#request/json",
                "'request':{'json':{}},'status':200,'reply':{'unreadable':{'bytes':0}}      | call#reply/json",
                "'request':{'json':{}},'status':302,'reply':{'json':{}}                     | call#reply/status",
                "'request':{'json':{}},'status':500,'reply':{'unreadable':{'bytes':9}}      | ",
                "'request':{'json':{}},'reply':null                                         | ",
                "'request':{'json':{}},'status':200,'reply':{'json':{'n':'~integer~'}}      | call/reply.schema.json#/properties/n/type",
            })
    void what_breaks_the_form_is_told_with_its_place(String sides, String place) throws UnreadableLine {
        Verdict verdict = replayed(pack("", "", "{}", "{'properties':{'n':{'type':'string'}}}"), sides.strip());

        assertThat(verdict.findings())
                .extracting(Replay.Finding::pointer)
                .isEqualTo(place == null ? List.of() : List.of(place));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'user':'~string:3#1~'}   | ",
                "{}                        | required",
                "{'user':'~array:9/2~'}    | repeated",
                "{'user':'a b&c'}          | ",
            })
    void a_query_is_asked_like_a_body(String query, String told) throws UnreadableLine {
        Verdict verdict = of(pack("", "", "{}", "{}"), line("look", "'request':{'query':" + query.strip() + "}"));

        assertTold(verdict, told, 0);
    }

    @Test
    void a_query_that_no_contract_knows_of_would_be_refused() throws UnreadableLine {
        Verdict verdict = of(pack("", "", "{}", "{}"), line("keys", "'request':{'query':{'p':'~string:3#1~'}}"));

        assertThat(keywords(verdict)).containsExactly("query");
    }

    @Test
    void an_operation_that_the_pack_does_not_have_would_be_refused() throws UnreadableLine {
        Verdict verdict = of(pack("", "", "{}", "{}"), line("nosuch", "'request':null"));

        assertThat(keywords(verdict)).containsExactly("operation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{} {}",
                "{'operation':'call'}",
                "{'version':2,'operation':'call','request':null}",
                "{'version':1,'operation':'call','request':{'xml':1}}",
                "{'version':1,'operation':'call','request':{'json':{'a':'~string:999999999~'}}}",
            })
    void what_is_no_captured_call_is_said_so_without_a_value(String line) {
        var pack = pack("", "", "{}", "{}");

        assertThatThrownBy(() -> of(pack, line.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        UnreadableLine.class,
                        unreadable -> assertThat(unreadable.why()).matches("(is|has|claims) [a-z A-Z]+"));
    }

    private ContractCatalog pack(String requestRule, String binding, String request, String reply) {
        write("catalog.yml", CATALOG.formatted(requestRule, binding));
        write("call/request.schema.json", json(request));
        write("call/reply.schema.json", json(reply));
        write(
                "look/request.schema.json",
                json("{'type':'object','required':['user'],'properties':{'user':{'type':'string'}}}"));
        write("look/reply.schema.json", "{}");
        write("keys/reply.schema.json", "{}");
        write("c.json", "{}");
        return PackCompiler.load(PackFiles.of(folder.toString()), new StrictJson(32));
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).resolveSibling("."));
            Files.writeString(folder.resolve(file), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static Verdict replayed(ContractCatalog pack, String sides) throws UnreadableLine {
        return of(pack, line("call", sides));
    }

    private static Verdict of(ContractCatalog pack, String line) throws UnreadableLine {
        return new Replay(pack).of(RecordedCall.of(line.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(String operation, String sides) {
        return ("{'version':1,'operation':'" + operation + "'," + sides + "}").replace('\'', '"');
    }

    /** Says what was told, keywords separated by commas or none at all, and how many questions were left open. */
    private static void assertTold(Verdict verdict, @Nullable String told, int open) {
        assertThat(keywords(verdict)).isEqualTo(told == null ? List.of() : List.of(told.split(",")));
        assertThat(verdict.undecided()).isEqualTo(open);
    }

    private static List<String> keywords(Verdict verdict) {
        return verdict.findings().stream().map(Replay.Finding::keyword).toList();
    }
}
