package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.found;
import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.rejection.Violation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaCompilerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PackFolder pack;

    @BeforeEach
    void open() {
        pack = new PackFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{'$ref':'#/$defs/x'}}}         | #/properties/a/$ref: leads nowhere: #/$defs/x",
                "{'$ref':'none.json'}                              | #/$ref: leads to no file of this pack: none.json",
                "{'$ref':'../../etc/passwd'}                       | #/$ref: leads to no file of this pack",
                "{'$ref':'https://example.com/a.json'}             | #/$ref: may only lead to a file of this pack",
                "{'$ref':'/etc/passwd'}                            | #/$ref: may only lead to a file of this pack",
                "{'$ref':'file:///etc/passwd'}                     | #/$ref: may only lead to a file of this pack",
                "{'$ref':'#anchor'}                                | #/$ref: leads nowhere: #anchor",
                "{'properties':{'a':{'$ref':'#/title'}},'title':'t'} | #/title: is no schema",
                "{'$ref':'#'}                                      | #/$ref: leads in a circle",
                "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}}} | in a circle",
                "{'type':'text'}                                   | #/type: is not a JSON Schema",
                "{'properties':{'a':{'minLength':-1}}}             | #/properties/a/minLength: is not a JSON Schema",
                "{'type':'string',}                                | line 1, column",
                "{'type':'string','type':'null'}                   | is not JSON: Duplicate",
                "{'pattern':'a','properties':{'x':{'$ref':'none.json'}}}             | none.json",
                "{'pattern':'a','properties':{'x':{'$ref':'#/$defs/none'}}}          | none",
                "{'pattern':'a','properties':{'x':{'$ref':'https://example.com/s'}}} | example.com",
                "{'pattern':'a','properties':{'x':{'$ref':'classpath:/draft/x'}}}    | classpath",
            })
    void a_schema_that_cannot_be_followed_stops_the_start_and_is_named(String schema, String message) {
        pack.with("s.json", schema);

        assertThatThrownBy(() -> pack.check("s.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("s.json")
                .hasMessageContaining(message.strip());
    }

    @Test
    void a_broken_file_behind_a_reference_is_the_one_that_is_named() {
        pack.with("s.json", "{'$ref':'sub/b.json'}").with("sub/b.json", "{\n 'type':\n}");

        assertThatThrownBy(() -> pack.check("s.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("sub/b.json at line 3");
    }

    @Test
    void references_lead_to_other_files_of_the_pack_and_back() {
        pack.with("a/s.json", "{'properties':{'user':{'$ref':'../b/user.json#/$defs/user'}}}")
                .with(
                        "b/user.json",
                        "{'$defs':{'user':{'required':['id'],'properties':{'up':{'$ref':'#/$defs/user'}}}}}");

        SchemaCheck check = pack.check("a/s.json");

        assertThat(found(check.read(json("{'user':{'id':1,'up':{}}}")))).containsExactly("/user/up/id required");
    }

    @Test
    void a_schema_may_contain_itself() {
        SchemaCheck check = pack.with("s.json", "{'type':'object','additionalProperties':{'$ref':'#'}}")
                .check("s.json");

        assertThat(check).isInstanceOf(OnePassCheck.class);
        assertThat(found(check.read(json("{'a':{'b':{'c':1}}}")))).containsExactly("/a/b/c type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'pattern':'^a'}                                     | pattern at s.json#                | 'b'",
                "{'properties':{'p':{'pattern':'^a'}}}                | pattern at s.json#/properties/p   | {'p':'b'}",
                "{'patternProperties':{'a':false}}                    | patternProperties at s.json#      | {'a':1}",
                "{'$ref':'#/$defs/a','minItems':2,'$defs':{'a':{}}}   | $ref beside minItems at s.json#   | [1]",
                "{'anyOf':[{'type':'null'}],'maxItems':1}             | anyOf beside maxItems at s.json#  | 'x'",
                "{'anyOf':[{'minLength':2},{'type':'string','maxLength':0}]} | alternatives of one type at s.json#/anyOf | 'x'",
                "{'oneOf':[{'type':'number'},{'type':'integer'}]}     | alternatives of one type at s.json#/oneOf | 1",
                "{'enum':[[1],{'a':1}]}                               | enum of objects or arrays at s.json# | [2]",
                "{'enum':[1,2],'const':1}                             | const beside enum at s.json#      | 2",
                "{'not':{}}                                           | not at s.json#                    | 1",
                "{'multipleOf':2}                                     | multipleOf at s.json#             | 3",
                "{'uniqueItems':true}                                 | uniqueItems at s.json#            | [1,1]",
            })
    void what_is_not_covered_is_left_to_the_library_and_said_so(String schema, String why, String refused) {
        SchemaCompiler compiler = pack.with("s.json", schema).compiler();

        SchemaCheck check = compiler.compile("s.json", new FieldList());

        assertThat(check).isInstanceOf(LibraryCheck.class);
        assertThat(compiler.leftToLibrary()).containsEntry("s.json", why);
        assertThat(found(check.read(json(refused)))).isNotEmpty();
    }

    @Test
    void what_the_library_finds_is_named_by_its_place_in_the_schema_however_deep_it_lies() {
        SchemaCheck check = pack.with(
                        "s.json",
                        "{'properties':{'next':{'$ref':'#'},'far':{'$ref':'sub/b.json#/$defs/a~1b'},"
                                + "'v':{'type':'string','pattern':'^a'}},'required':['v']}")
                .with("sub/b.json", "{'$defs':{'a/b':{'anyOf':[{'type':'null'},{'$ref':'../s.json'}]}}}")
                .check("s.json");

        assertThat(places(check, "{'v':'b'}")).containsExactly("s.json#/properties/v/pattern");
        assertThat(places(check, "{'v':'a','next':{'v':'a','next':{'v':'b'}}}"))
                .containsExactly("s.json#/properties/v/pattern");
        assertThat(places(check, "{'v':'a','next':{'next':{'v':'a'}}}")).containsExactly("s.json#/required");
        assertThat(places(check, "{'v':'a','far':{'v':'a','far':{'v':1}}}"))
                .contains("s.json#/properties/v/type", "sub/b.json#/$defs/a~1b/anyOf/0/type")
                .allMatch(place -> place.length() < 50);
    }

    private static List<String> places(SchemaCheck check, String document) {
        return PackFolder.document(check.read(json(document))).violations().stream()
                .map(Violation::contractPointer)
                .distinct()
                .toList();
    }

    @Test
    void a_reference_may_spell_a_name_as_a_uri_does() {
        SchemaCheck check = pack.with(
                        "s.json", "{'$ref':'#/$defs/a%25b+%C3%A4','$defs':{'a%b+\u00e4':{'type':'null'}}}")
                .check("s.json");

        assertThat(found(check.read(json("1")))).containsExactly(" type");
    }

    @Test
    void nothing_is_ever_fetched() throws IOException {
        var asked = new java.util.concurrent.atomic.AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        String elsewhere = "http://127.0.0.1:" + server.getAddress().getPort();

        try {
            for (String schema : List.of(
                    "{'$ref':'%s/a.json'}",
                    "{'not':{},'$ref':'%s/a.json'}",
                    "{'$id':'%s/s.json','$ref':'a.json'}",
                    "{'$id':'%s/s.json','$dynamicRef':'a.json'}",
                    "{'$schema':'%s/meta.json'}",
                    "{'not':{'$schema':'%s/meta.json'}}")) {
                pack.with("s.json", String.format(schema, elsewhere));
                assertThatThrownBy(() -> pack.check("s.json")).as(schema).isInstanceOf(PackProblem.class);
            }
        } finally {
            server.stop(0);
        }

        assertThat(asked).hasValue(0);
    }

    @Test
    void what_the_library_follows_late_is_refused_at_the_latest_in_the_call() {
        SchemaCheck check = pack.with("s.json", "{'not':false,'properties':{'a':{'$dynamicRef':'nowhere.json'}}}")
                .check("s.json");

        assertThat(check.read(json("{'a':1}"))).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> pack.with("s.json", "{'allOf':[{'$ref':'#'}]}").check("s.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("circle");
    }

    @Test
    void a_file_that_is_compiled_twice_is_left_to_the_library_twice() {
        SchemaCompiler compiler = pack.with("s.json", "{'properties':{'a':{'pattern':'^a'}},'required':['b']}")
                .compiler();

        compiler.compile("s.json", new FieldList());
        SchemaCheck again = compiler.compile("s.json", new FieldList());

        assertThat(found(again.read(json("{'a':'x'}")))).containsExactlyInAnyOrder("/a pattern", "/b required");
    }

    @Test
    void a_file_that_refers_to_one_of_the_library_is_not_half_checked() {
        SchemaCompiler compiler = pack.with("library.json", "{'properties':{'a':{'pattern':'^a'}},'required':['b']}")
                .with("s.json", "{'properties':{'x':{'$ref':'library.json'}}}")
                .compiler();

        compiler.compile("library.json", new FieldList());
        SchemaCheck check = compiler.compile("s.json", new FieldList());

        assertThat(found(check.read(json("{'x':{'a':'x'}}"))))
                .containsExactlyInAnyOrder("/x/a pattern", "/x/b required");
    }

    @Test
    void the_library_names_places_as_the_one_pass_check_does() {
        SchemaCheck check = pack.with("s.json", "{'required':['a/b'],'properties':{'~':{'items':{'pattern':'^a'}}}}")
                .check("s.json");

        assertThat(found(check.read(json("{'~':['a','b']}"))))
                .containsExactlyInAnyOrder("/a~1b required", "/~0/1 pattern");
    }

    @Test
    void the_library_picks_fields_and_refuses_what_is_not_strict_as_the_one_pass_check_does() {
        var fields = new FieldList();
        int slot = fields.slot("/a");
        SchemaCheck check = pack.with("s.json", "{'properties':{'a':{'pattern':'^a'}}}")
                .compiler()
                .compile("s.json", fields);

        assertThat(PackFolder.document(check.read(json("{'a':'ab'}")))
                        .value(slot)
                        .text())
                .isEqualTo("ab");
        assertThat(check.read(json("{'a':'ab','\\u0061':'x'}"))).isInstanceOf(Unreadable.class);
    }
}
