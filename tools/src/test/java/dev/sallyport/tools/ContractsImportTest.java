package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class ContractsImportTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: Tickets, version: "1"}
            paths:
              /tickets:
                get:
                  operationId: tickets.list
                  responses: {"200": {description: all, content: {application/json: {schema: {type: array}}}}}
                put:
                  requestBody: {content: {application/json: {}}}
                  responses: {"200": {description: done}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path document;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path pack;

    @BeforeEach
    void write() throws IOException {
        document = Files.writeString(folder.resolve("tickets.yml"), DOCUMENT);
        pack = folder.resolve("pack");
    }

    @Test
    void a_document_becomes_a_pack_and_what_is_left_out_is_told() {
        Told told = Told.by("contracts", "import", document.toString(), "--into", pack.toString());

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.out())
                .startsWith("left out  #/paths/~1tickets/put: carries a body, and only POST does here\n")
                .contains(pack + ": 1 operation, 1 schema, 0 examples; 2 notes, which are in ");
        assertThat(pack.resolve("catalog.yml")).content().contains("  tickets.list:\n    method: GET\n");
    }

    @Test
    void an_outline_is_printed_and_nothing_written() {
        Told told = Told.by("contracts", "import", document.toString(), "--outline");

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.out()).isEqualTo("GET /tickets reply\n  (whole) array required\n");
        assertThat(pack).doesNotExist();
    }

    @Test
    void the_list_is_json_on_demand() {
        Told told = Told.by("contracts", "import", document.toString(), "--into", pack.toString(), "--json");

        var report = new JsonMapper().readTree(told.out());
        assertThat(report.at("/operations/0/id").asString()).isEqualTo("tickets.list");
        assertThat(report.at("/notes/0/pointer").asString()).isEqualTo("/paths/~1tickets/put");
    }

    @Test
    void what_is_no_document_gives_status_1_and_writes_nothing() throws IOException {
        Files.writeString(document, "openapi: 3.0.3\npaths: [\n");

        Told told = Told.by("contracts", "import", document.toString(), "--into", pack.toString());

        assertThat(told.status()).isOne();
        assertThat(told.err()).startsWith(document + " at line 3, column 1: is not YAML");
        assertThat(pack).doesNotExist();
    }

    @Test
    void a_folder_that_is_not_empty_is_left_alone() throws IOException {
        Files.createDirectories(pack);
        Files.writeString(pack.resolve("mine.txt"), "mine");

        Told told = Told.by("contracts", "import", document.toString(), "--into", pack.toString());

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err()).contains("is not empty; --force writes into it all the same");
        assertThat(pack.resolve("catalog.yml")).doesNotExist();
    }

    @Test
    void force_writes_into_a_folder_that_is_not_empty() throws IOException {
        Files.createDirectories(pack);
        Files.writeString(pack.resolve("mine.txt"), "mine");

        Told told = Told.by("contracts", "import", document.toString(), "--into", pack.toString(), "--force");

        assertThat(told.status()).isZero();
        assertThat(pack.resolve("mine.txt")).exists();
        assertThat(pack.resolve("catalog.yml")).exists();
    }

    @Test
    void a_server_path_stands_before_every_path() {
        Told.by("contracts", "import", document.toString(), "--into", pack.toString(), "--server-path", "/v1");

        assertThat(pack.resolve("catalog.yml")).content().contains("path: \"/v1/tickets\"");
    }

    @Test
    void a_command_line_that_lacks_something_gives_status_2() {
        assertThat(Told.by("contracts", "import", document.toString()).status()).isEqualTo(2);
        assertThat(Told.by("contracts", "import", folder.resolve("none.yml").toString(), "--into", pack.toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    void the_usage_shows_an_example() {
        assertThat(Told.by("contracts", "import", "--help").out())
                .contains("./sallyport contracts import tickets.openapi.yml --into");
    }
}
