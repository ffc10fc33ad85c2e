package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

/** Documents that mean no good, or were made by a machine that does not: told in a line, whatever they hold. */
final class HostileDocumentsTest {
    private static final String JSON = """
            {"openapi":"3.1.0","info":{"title":"it"},"paths":{"/it":{"get":{"responses":{"200":
            {"content":{"application/json":{"schema":$}}}}}}}}""";

    private static final String YAML = """
            openapi: 3.0.3
            info: {title: it}
            paths: {/it: {get: {operationId: it, responses: {200: {content: {application/json: {schema: {type: string}}}}}}}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'$ref':'#/a%zz'} | at #/paths/~1it/get/responses/200/content/application~1json/schema/$ref: is not a URI reference: #/a%zz",
                "{'$ref':'#/%'} | at #/paths/~1it/get/responses/200/content/application~1json/schema/$ref: is not a URI reference: #/%",
                "{'minimum':1e99999999999} | : has a number that is out of all bounds",
            })
    void a_broken_value_in_json_is_told_with_its_place(String schema, String told) throws IOException {
        assertThat(refusal("it.json", JSON.replace("$", schema.replace('\'', '"'))))
                .isEqualTo(folder.resolve("it.json") + (told.startsWith(":") ? told : " " + told));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enum    | 1e400",
                "const   | -1e400",
                "enum    | [1e999999999]",
                "minimum | 1e999999999",
                "default | {\"a\":1e400}",
            })
    void a_number_beyond_all_arithmetic_is_told_where_it_stands(String keyword, String value) throws IOException {
        String schema = "{\"" + keyword + "\":" + (keyword.equals("enum") ? "[" + value + "]" : value) + "}";

        assertThat(refusal("it.json", JSON.replace("$", schema)))
                .startsWith("the pack made of this document: it.get/reply.schema.json at #/" + keyword)
                .endsWith(": is a number that is out of all bounds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-a: &a [*a]                | at line 4, column 10: has an alias that stands for what it is a part of",
                "x-a: &a {b: [{c: *a}]}      | at line 4, column 18: has an alias that stands for what it is a part of",
                "openapi: 3.0.3              | at line 4, column 1: is not YAML: it has two members of the same name in one object",
                "--- a                       | at line 4, column 1: is not one YAML document: a second one begins",
                "{null: 1}                   | ",
            })
    void what_is_wrong_with_yaml_is_told(String line, String told) throws IOException {
        String text = line.startsWith("{") ? YAML + "x-n: " + line + "\n" : YAML + line + "\n";

        assertThat(refusal("it.yml", text))
                .startsWith(folder.resolve("it.yml")
                        + (told == null
                                ? ": is not YAML that JSON could say: it has a key that is no text"
                                : " " + told));
    }

    @Test
    void aliases_that_stand_for_more_than_memory_holds_are_not_followed() throws IOException {
        String bomb = IntStream.rangeClosed(1, 20)
                .mapToObj(level -> "x-" + level + ": &a" + level + " [*a" + (level - 1) + ", *a" + (level - 1) + ", *a"
                        + (level - 1) + "]\n")
                .collect(Collectors.joining("", "x-0: &a0 [x]\n", ""));

        assertThat(refusal("it.yml", YAML + bomb)).endsWith("has more than 5000000 values, its aliases followed");
    }

    @Test
    void what_nests_too_deep_is_not_read() throws IOException {
        String aliases = IntStream.rangeClosed(1, 600)
                .mapToObj(level -> "x-" + level + ": &a" + level + " [*a" + (level - 1) + "]\n")
                .collect(Collectors.joining("", "x-0: &a0 [x]\n", ""));

        assertThat(refusal("it.yml", YAML + "x-a: " + "[".repeat(9_000) + "]".repeat(9_000) + "\n"))
                .endsWith("nests deeper than 500 levels");
        assertThat(refusal("it.yml", YAML + aliases)).endsWith("nests deeper than 500 levels");
    }

    @Test
    void many_aliases_of_something_small_are_followed() throws IOException {
        String uses = IntStream.range(0, 200).mapToObj(use -> "*a").collect(Collectors.joining(", "));

        assertThat(run("it.yml", YAML + "x-a: &a {b: c}\nx-b: [" + uses + "]\n").status())
                .isZero();
    }

    @Test
    void a_name_that_is_given_again_is_no_circle() throws IOException {
        assertThat(run("it.yml", YAML + "x-a: &a [&a x, *a]\n").status()).isZero();
    }

    @Test
    void references_may_lead_through_thousands_of_schemas() throws IOException {
        String chain = IntStream.range(0, 4_000)
                .mapToObj(number ->
                        "\"A" + number + "\":{\"items\":{\"$ref\":\"#/components/schemas/A" + (number + 1) + "\"}}")
                .collect(Collectors.joining(",", "{\"components\":{\"schemas\":{", ",\"A4000\":{}}},"));
        String document = chain
                + JSON.replace("$", "{\"$ref\":\"#/components/schemas/A0\"}").substring(1);

        Told told = run("it.json", document, "--outline");

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.out()).contains("=A4000");
    }

    @ParameterizedTest
    @CsvSource({"catalog.yml", "NOTES.md", "definitions", "../../up", "con/../x"})
    void an_operation_takes_no_name_of_another_file(String id) throws IOException {
        assertThat(run("it.yml", YAML.replace("operationId: it", "operationId: " + id))
                        .status())
                .isZero();
        assertThat(folder.resolve("pack")).isDirectoryContaining("glob:**/catalog.yml");
        assertThat(folder).isDirectoryNotContaining("glob:**/up");
    }

    @Test
    void a_name_is_cut_to_what_a_file_system_takes() throws IOException {
        String two = YAML.replace(
                        "paths: {",
                        "paths: {/other: {get: {operationId: $ID-b, responses: {200: {content:"
                                + " {application/json: {schema: {type: string}}}}}}}, ")
                .replace("operationId: it", "operationId: $ID-a")
                .replace("$ID", "i".repeat(5_000));

        assertThat(run("it.yml", two).status()).isZero();
        assertThat(folder.resolve("pack").resolve("i".repeat(100))).isDirectory();
        assertThat(folder.resolve("pack").resolve("it.get")).isDirectory();
    }

    @Test
    void no_control_character_of_a_document_reaches_a_terminal_or_the_notes() throws IOException {
        String schema = "{type: string, \"\\e[31m\\nred\\u202e\": 1}";
        String document = YAML.replace("{type: string}", schema).replace("{/it:", "{\"/\\e[1m\": {get: {}}, /it:");

        assertThat(refusal("it.yml", YAML.replace("/it", "\"/\\e[1m\\n\"")))
                .endsWith(
                        "left out was #/paths/~1\\u001b[1m\\u000a/get, which has a path that is not of plain characters");

        Told told = run("it.yml", document);

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.out()).contains("schema/\\u001b[31m\\u000ared\\u202e: ").doesNotContain("\u001b", "\u202e");
        assertThat(folder.resolve("pack/NOTES.md")).content().doesNotContain("\u001b", "\u202e");
        assertThat(run("it.yml", document, "--outline").out()).doesNotContain("\u001b");
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_with_the_systems_words() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Told told = run("it.yml", YAML, "--into", file.resolve("pack").toString());

        assertThat(told.status()).isOne();
        assertThat(told.err().strip())
                .isEqualTo("sallyport: " + file.resolve("pack") + " cannot be read or written: not a directory");
    }

    @ParameterizedTest
    @CsvSource({"true, nests too deep", "false, takes more memory than there is"})
    void what_the_machine_lacks_is_told_in_a_line(boolean deep, String told) {
        var err = new StringWriter();
        var line = ToolsCli.line().setErr(new PrintWriter(err, true));
        line.addSubcommand(new Wanting(deep));

        assertThat(line.execute("wanting")).isOne();
        assertThat(err.toString()).hasLineCount(1).startsWith("sallyport: what was given " + told);
    }

    @Command(name = "wanting")
    private record Wanting(boolean deep) implements Runnable {
        @Override
        public void run() {
            throw deep ? new StackOverflowError() : new OutOfMemoryError();
        }
    }

    /** What is told of a document that gives no pack, in one line. */
    private String refusal(String file, String text) throws IOException {
        Told told = run(file, text);
        assertThat(told.status()).as(told.out()).isOne();
        assertThat(folder.resolve("pack")).doesNotExist();
        assertThat(told.err()).endsWith("\n").hasLineCount(1);
        return told.err().strip();
    }

    private record Told(int status, String out, String err) {}

    private Told run(String file, String text, String... where) throws IOException {
        Path document = Files.writeString(folder.resolve(file), text);
        var out = new StringWriter();
        var err = new StringWriter();
        String[] into = where.length > 0
                ? where
                : new String[] {"--into", folder.resolve("pack").toString(), "--force"};
        int status = ToolsCli.line()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("contracts", "import", document.toString()), Stream.of(into))
                        .toArray(String[]::new));
        return new Told(status, out.toString(), err.toString());
    }
}
