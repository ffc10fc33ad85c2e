package dev.sallyport.contract.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.contract.file.PackProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs that no one would write on purpose: each is told in lines that name a file, and harms nothing that shows them. */
final class HostilePackTest {
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
                "path: /login | path: \"/log\\e[31min\"",
                "method: GET | method: \"G\\nET\"",
                "description: small | \"descr\\u202eiption\": small",
                "exactly-one-of: | \"exactly\\x9b-one-of\":",
                "error-types: {/minutes: invalid_minutes} | credentials: [\"x\\r\\ny\"]",
            })
    void nothing_of_a_catalog_is_told_as_a_control_character(String right, String wrong) {
        catalog(right, wrong);

        assertThat(problems())
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).startsWith("catalog.yml at ").matches("[^\\p{Cc}\\u2028-\\u202e]*"));
    }

    @Test
    void nothing_of_a_schema_is_told_as_a_control_character() {
        pack.withExact("login/request.schema.json", "{\"properties\":{\"\\u001b[31m\":{\"$ref\":\"a\\u0007b\"}}}");

        assertThat(problems())
                .contains(
                        "login/request.schema.json at #/properties/\\u001b[31m/$ref: leads to no file of this pack: a\\u0007b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "names: [sub] | names: [null] | rules.reserved.names[0]",
                "issuers: [ | issuers: [null, | session-tokens.session.issuers[0]",
                "error-types: {/minutes: invalid_minutes} | plain: [a, null] | plain[1]",
                "error-types: {/minutes: invalid_minutes} | credentials: [] | credentials[0]",
                "/minutes: invalid_minutes | /minutes: | error-types./minutes",
                "error-types: {/minutes: invalid_minutes} | errors: {types: {INTERNAL: null}} | errors.types.INTERNAL",
            })
    void nothing_in_a_list_or_under_a_name_is_told_with_its_place(String right, String wrong, String place) {
        catalog(right, wrong.replace("[]", "[null]"));

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("catalog.yml at line ")
                .endsWith(": has nothing where something was expected at " + place);
    }

    @Test
    void an_error_may_have_a_member_that_is_null() {
        catalog("description: small", "description: small\nerrors: {body: {none: null, type: \"{error-type}\"}}");

        assertThat(pack.load().contracts()).isNotEmpty();
    }

    /** It would be read as its name. */
    @Test
    void an_alias_is_refused() {
        pack.withExact(
                "catalog.yml",
                SmallPack.CATALOG
                        .replace("none: no_credential", "none: &one no_credential")
                        .replace("several: too_many_credentials", "several: *one"));

        assertThat(problems())
                .singleElement()
                .asString()
                .matches("catalog\\.yml at line 17, column \\d+: has an alias, \\*one; .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../login", "/login", ".login", "-login", "lo/gin", "lo gin", "", "~", "log\\0in", "l\u00f6gin"})
    void an_operation_is_named_like_a_folder_of_the_pack(String name) {
        catalog("  login:", "  \"" + name + "\":");

        assertThat(problems()).isNotEmpty().first().asString().contains(": must have a name of letters, digits, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../claims.json", "login/../../claims.json", "/etc/passwd", "..", "\"a\\0b\""})
    void claims_are_described_by_a_file_of_the_pack(String file) {
        catalog("claims: claims.json", "claims: " + file);

        assertThat(problems())
                .singleElement()
                .asString()
                .matches(".*: is (not in this pack|no name that a file could have)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..\\\\..\\\\x.json", "a\\u0000b", "../../x.json"})
    void a_reference_leads_to_a_file_of_the_pack(String file) {
        pack.withExact("login/request.schema.json", "{\"items\":{\"$ref\":\"" + file + "\"}}");

        assertThat(problems()).singleElement().asString().startsWith("login/request.schema.json at #/items/$ref: ");
    }

    /** Reading one would wait for a writer. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void what_is_neither_a_file_nor_a_folder_is_not_read() throws Exception {
        Path pipe = folder.resolve("login/request.schema.json");
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(problems()).contains("login/request.schema.json: cannot be read: neither a file nor a folder");
    }

    @Test
    void an_empty_schema_is_told_as_such() {
        pack.withExact("login/request.schema.json", " ");

        assertThat(problems()).containsExactly("login/request.schema.json: is empty");
    }

    @Test
    void references_that_lead_on_and_on_are_told_with_the_operation() throws Exception {
        int many = 20_000;
        String chain = IntStream.range(0, many)
                .mapToObj(each -> "'a" + each + "':{'$ref':'#/$defs/a" + (each + 1) + "'},")
                .collect(Collectors.joining());
        pack.with("login/request.schema.json", "{'$ref':'#/$defs/a0','$defs':{" + chain + "'a" + many + "':{}}}");
        var problems = new AtomicReference<List<String>>();

        Thread shallow = new Thread(null, () -> problems.set(problems()), "shallow", 256 * 1024);
        shallow.start();
        shallow.join();

        assertThat(problems.get())
                .contains(
                        "catalog.yml at operations.login: has a schema that nests too deep, or whose references lead on"
                                + " and on");
    }

    @Test
    void an_example_has_no_two_members_of_one_name() {
        pack.with("login/examples/accepted/two.json", "{'about':'x','request':{'token':'a','token':1}}");

        assertThat(problems())
                .containsExactly("login/examples/accepted/two.json at line 1: is no example:"
                        + " Duplicate Object property \"token\"");
    }

    /** Where it had the text from, and how it could be set, is of no use to an operator. */
    @Test
    void the_library_says_nothing_of_itself() {
        pack.with("login/examples/accepted/torn.json", "{'about':'x'");
        pack.with("login/reply.schema.json", "{'items':".repeat(600));
        pack.withExact("keys/reply.schema.json", "{} // open");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "keys/reply.schema.json at line 1, column 4: is not JSON: Unexpected character ('/' (code 47)):"
                                + " maybe a (non-standard) comment?",
                        "login/reply.schema.json: is not JSON: Document nesting depth (501) exceeds the maximum allowed"
                                + " (500)",
                        "login/examples/accepted/torn.json at line 1: is no example: Unexpected end-of-input: expected"
                                + " close marker for Object");
    }

    private void catalog(String right, String wrong) {
        assertThat(SmallPack.CATALOG).contains(right);
        pack.withExact("catalog.yml", SmallPack.CATALOG.replace(right, wrong));
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
