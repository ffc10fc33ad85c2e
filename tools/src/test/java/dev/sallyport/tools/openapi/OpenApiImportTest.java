package dev.sallyport.tools.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.tools.openapi.document.DocumentProblem;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.ImportOptions.Errors;
import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.pack.NewPack;
import dev.sallyport.tools.openapi.pack.PackDraft;
import dev.sallyport.tools.openapi.pack.PackText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenApiImportTest {
    private static final String REPLY = "responses: {'200': {content: {application/json: {schema: {type: object}}}}}";

    @Test
    void the_operations_of_a_3_0_document_in_yaml() {
        PackDraft draft = OpenApiImport.of(Documents.resource("box-office-3.0.yml"), ImportOptions.NONE);

        assertThat(draft.operations())
                .containsExactly(
                        new Operation("shows.list", "GET", "/api/shows"),
                        new Operation("tickets-buy", "POST", "/api/tickets"),
                        new Operation(
                                "tickets.get", "GET", new PathTemplate("/api/tickets/{ticket_id}", null), Query.REFUSE),
                        new Operation("keys.project_id.get", "GET", "/api/keys/{project_id}"));
    }

    @Test
    void the_operations_of_a_3_1_document_in_json() {
        PackDraft draft = OpenApiImport.of(Documents.resource("box-office-3.1.json"), ImportOptions.NONE);

        assertThat(draft.operations())
                .containsExactly(
                        new Operation("seats", "GET", "/v2/seats/free"),
                        new Operation("v2.refunds.post", "POST", "/eu/v2/refunds"),
                        new Operation("v2.refunds.get", "GET", "/eu/v2/refunds"));
    }

    /** There is no schema for it, and without a word it would be refused. */
    @Test
    void a_query_beside_a_body_passes_and_the_catalog_says_so() {
        String parameter = "parameters: [{name: dry, in: query, schema: {type: string}}]";
        PackDraft draft =
                Documents.draft("openapi: 3.0.3\ninfo: {title: one, version: '1'}\npaths:\n  /it:\n    post: {"
                        + parameter + ", " + REPLY + "}\n  /other:\n    post: {" + REPLY + "}\n");

        assertThat(draft.operations()).extracting(Operation::query).containsExactly(Query.PASS, Query.REFUSE);
        assertThat(PackText.catalog(draft)).containsOnlyOnce("    query: pass\n");
        assertThat(draft.notes().toString()).contains("is passed on unchecked (query: pass)");
    }

    @Test
    void what_is_left_out_of_a_3_0_document_is_listed() {
        assertThat(notes("box-office-3.0.yml"))
                .containsExactlyInAnyOrder(
                        "left out  #/paths/~1shows/head: is not served: HEAD",
                        "left out  #/paths/~1shows/get/parameters/4: stands in the header, which is passed on unchecked",
                        "example  #/components/responses/Shows/content/application~1json/examples/elsewhere: has no value"
                                + " in this document; nothing is fetched",
                        "left out  #/paths/~1tickets/post/responses/201/content/text~1plain: only JSON is read",
                        "asks  #/paths: what do errors look like? The document does not say. Refusals are problems of RFC"
                                + " 9457 unless --error-member says otherwise, such as --error-member /code={error-type}",
                        "left out  #/paths/~1tickets~1{ticket_id}/get/responses/200/content/application~1json: has no"
                                + " schema; anything passes",
                        "left out  #/paths/~1tickets~1notes/put: carries a body, and only POST does here",
                        "left out  #/paths/~1tickets~1ping/post/responses/204: is a success without JSON (content: none);"
                                + " such a reply is refused",
                        "left out  #/paths/~1tickets~1ping/post: describes no success with a JSON reply",
                        "left out  #/components/schemas/Show/properties/seats/minLength: must be a whole number, not"
                                + " negative",
                        "left out  #/components/schemas/Show/properties/seats/colour: is not read in OpenAPI 3.0 documents",
                        "taken as  #/components/schemas/Show/properties/genre/nullable: null passes, although the enum does"
                                + " not list it",
                        "taken as  #/components/schemas/Show/properties/venue/nullable: null passes, although there is no"
                                + " type beside it");
    }

    @Test
    void what_is_left_out_of_a_3_1_document_is_listed() {
        assertThat(notes("box-office-3.1.json"))
                .contains(
                        "left out  #/webhooks: calls of the provider are not a gateway's",
                        "left out  #/paths/~1v2~1refunds/post/callbacks: calls of the provider are not a gateway's",
                        "taken as  #/paths/~1v2~1refunds/servers: these servers have different paths; \"/eu\" was taken,"
                                + " that of the first",
                        "taken as  #/paths/~1v2~1refunds/post/requestBody: need not be there; POST without a JSON body is"
                                + " refused here",
                        "left out  #/components/schemas/Seats/properties/old/nullable: is not read in OpenAPI 3.1"
                                + " documents; say it with type");
    }

    @Test
    void a_member_of_one_direction_makes_two_definitions() {
        PackDraft draft = OpenApiImport.of(Documents.resource("box-office-3.0.yml"), ImportOptions.NONE);

        assertThat(draft.schemas().keySet())
                .contains("definitions/Person.request.schema.json", "definitions/Person.reply.schema.json")
                .contains("definitions/Card.schema.json", "definitions/Venue.schema.json")
                .doesNotContain("definitions/Person.schema.json", "definitions/Ticket.request.schema.json");
    }

    @Test
    void the_same_document_gives_the_same_pack() {
        PackDraft one = OpenApiImport.of(Documents.resource("box-office-3.0.yml"), ImportOptions.NONE);
        PackDraft two = OpenApiImport.of(Documents.resource("box-office-3.0.yml"), ImportOptions.NONE);

        assertThat(one).isEqualTo(two);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /a             | operationId: find      | find
            /a             | operationId: Find It!  | Find-It
            /a/b           | tags: []               | a.b.get
            /a/{project}/b | tags: []               | a.project.b.get
            /a             | operationId: definitions | a.get
            /a             | operationId: ../../up  | up
            """)
    void operations_are_named_by_id_or_by_path_and_method(String path, String member, String id) {
        PackDraft draft = Documents.draft(document(path + ": {get: {" + member + ", " + REPLY + "}}"));

        assertThat(draft.operations()).extracting(Operation::id).containsExactly(id);
    }

    @Test
    void several_methods_of_a_path_and_several_steps_that_are_not_exact_are_served(@TempDir Path folder)
            throws Exception {
        PackDraft draft = Documents.draft(document(
                "/t/{project_id}/users/{user}: {get: {operationId: see, " + REPLY + "}, delete: {operationId: drop, "
                        + REPLY + "}}",
                "/users/{user}: {get: {operationId: own, " + REPLY + "}}",
                "/users/{id}: {get: {operationId: twice, " + REPLY + "}}",
                "/keys/{project}: {get: {operationId: keys, " + REPLY + "}}",
                "/users/{user}.json: {get: {operationId: part, " + REPLY + "}}"));

        new NewPack(folder).write(draft);

        assertThat(folder.resolve("catalog.yml"))
                .content()
                .contains(
                        "  see:\n    method: GET\n    path: \"/t/{project_id}/users/{user}\"\n    project: project_id\n")
                .contains(
                        "  drop:\n    method: DELETE\n    path: \"/t/{project_id}/users/{user}\"\n    project: project_id\n")
                .contains("  own:\n    method: GET\n    path: \"/users/{user}\"\n    project: credentials\n")
                .endsWith("  keys:\n    method: GET\n    path: \"/keys/{project}\"\n");
        assertThat(draft.notes().toString())
                .contains("#/paths/~1users~1{id}/get: shares its path and method with another operation")
                .contains("#/paths/~1users~1{user}.json/get: has a path that is not of plain characters");
    }

    @Test
    void bounds_and_lists_of_a_query_are_kept() {
        PackDraft draft = Documents.draft(document("/a: {get: {operationId: a, parameters: ["
                + "{name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50}},"
                + "{name: open, in: query, schema: {type: boolean}},"
                + "{name: tag, in: query, schema: {type: array, maxItems: 2, items: {type: string, enum: [x, y]}}},"
                + "{name: ids, in: query, explode: false, schema: {type: array, maxItems: 3, items: {type: integer, minimum: 1}}},"
                + "{name: kinds, in: query, style: pipeDelimited, schema: {type: array, items: {type: string, enum: [a.b, c]}}},"
                + "{name: filter, in: query, schema: {type: object}}], " + REPLY + "}}"));

        assertThat(Objects.requireNonNull(draft.schemas().get("a/request.schema.json"))
                        .get("properties")
                        .toString())
                .isEqualTo(
                        "{\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":50},\"open\":{\"type\":\"boolean\"},"
                                + "\"tag\":{\"type\":\"array\",\"maxItems\":2,\"items\":{\"type\":\"string\",\"enum\":[\"x\",\"y\"]}},"
                                + "\"ids\":{\"type\":\"string\",\"pattern\":\"^-?(?:0|[1-9][0-9]*)(?:,-?(?:0|[1-9][0-9]*)){0,2}$\"},"
                                + "\"kinds\":{\"type\":\"string\",\"pattern\":\"^(?:a\\\\.b|c)(?:[|](?:a\\\\.b|c))*$\"},"
                                + "\"filter\":{\"type\":\"string\"}}");
        assertThat(draft.notes())
                .extracting(Note::toString)
                .contains(
                        "left out  #/paths/~1a/get/parameters/3/schema/items/minimum: is about an item of a list that stands"
                                + " in one text",
                        "left out  #/paths/~1a/get/parameters/5: is an object; any text passes, and one that is given twice is"
                                + " refused");
    }

    @Test
    void the_form_of_errors_is_asked_for_with_what_is_likely() {
        assertThat(asked(Map.of()))
                .containsExactly(
                        "asks  #/components/schemas/Error: do these say what stands in its errors? SDKs read refusals"
                                + " that look the same: --error-member /error/code={error-type} --error-member"
                                + " /error/message={message} --error-member /request_id={request-id} --error-member"
                                + " /status={status}; and what in /error/shade?");
    }

    @Test
    void what_is_said_of_errors_is_in_the_pack_and_held_against_the_document(@TempDir Path folder) throws Exception {
        Map<String, String> said = Map.of("/error/code", "{error-type}", "/status", "{status}", "/cod", "x");

        new NewPack(folder).write(draft(said));

        assertThat(folder.resolve("catalog.yml"))
                .content()
                .contains(
                        "errors:\n  body: {\"cod\":\"x\",\"error\":{\"code\":\"{error-type}\"},\"status\":\"{status}\"}\n");
        assertThat(asked(said))
                .containsExactly(
                        "asks  #/components/schemas/Error: all its errors have more than was said; do these say what stands in"
                                + " its errors? SDKs read refusals that look the same: --error-member"
                                + " /error/message={message}",
                        "asks  #/components/schemas/Error: is /cod in its errors? The document has no such member",
                        "taken as  #/components/schemas/Error: /status need not be there; an error of the provider without it"
                                + " breaks the contract");
    }

    private static PackDraft draft(Map<String, String> errorMembers) {
        String document = document("/a: {get: {operationId: a, responses: {'200': {content: {application/json: {schema:"
                        + " {type: object}}}}, '4XX': {content: {application/json: {schema: {$ref:"
                        + " '#/components/schemas/Error'}}}}}}}")
                + "components: {schemas: {Error: {type: object, required: [error], properties: {status: {type: integer},"
                + " request_id: {type: string}, error: {type: object, required: [code, message], properties: {code: {type:"
                + " string}, message: {type: string}, shade: {type: string}}}}}}}\n";
        var options = new ImportOptions(
                null, ImportOptions.NONE.projectSteps(), new Errors("about:blank", errorMembers), false, false);
        return OpenApiImport.of(Documents.text(document), options);
    }

    private static List<String> asked(Map<String, String> errorMembers) {
        return draft(errorMembers).notes().stream().map(Note::toString).toList();
    }

    @Test
    void no_two_operations_have_one_name() {
        PackDraft draft = Documents.draft(document(
                "/a: {get: {operationId: x, " + REPLY + "}}",
                "/b: {get: {operationId: X, " + REPLY + "}}",
                "/c: {get: {operationId: c, " + REPLY + "}}"));

        assertThat(draft.operations()).extracting(Operation::id).containsExactly("x", "b.get", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{url: 'https://box.example'}]                                    | /a
            [{url: 'https://box.example/'}]                                   | /a
            [{url: 'https://box.example/v1/'}]                                | /v1/a
            [{url: '/v1'}]                                                    | /v1/a
            [{url: 'https://{h}/{v}', variables: {h: {default: x}, v: {default: v2}}}] | /v2/a
            """)
    void the_path_of_the_server_comes_first(String servers, String path) {
        String document = document("/a: {get: {" + REPLY + "}}") + "servers: " + servers + "\n";

        assertThat(Documents.draft(document).operations())
                .extracting(Operation::path)
                .containsExactly(path);
    }

    @Test
    void a_given_server_path_wins_over_those_of_the_document() {
        var options = new ImportOptions("v9/", Set.of(), "about:blank", false, false);
        String document = document("/a: {get: {servers: [{url: /v1}], " + REPLY + "}}");

        PackDraft draft = OpenApiImport.of(Documents.text(document), options);

        assertThat(draft.operations()).extracting(Operation::path).containsExactly("/v9/a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"openapi": "3.0.3",                    | doc.yml at line 2, column 1: is not JSON
            {"openapi": "3.0.3", "openapi": "3.1.0"} | is not JSON: Duplicate
            openapi: [                              | doc.yml at line 2, column 1: is not YAML
            - a                                     | doc.yml at #: must be an object with openapi, info and paths
            swagger: "2.0"                          | doc.yml at #/swagger: must be OpenAPI 3.0 or 3.1; convert Swagger 2.0 first
            openapi: 4.0.0                          | doc.yml at #/openapi: must be a version such as "3.0.3" or "3.1.0"
            openapi: 3.0.3                          | doc.yml at #/paths: must be an object of paths
            {openapi: 3.0.3, paths: {}}             | doc.yml
            """)
    void what_is_no_document_is_told_with_its_place(String text, String problem) {
        assertThatThrownBy(() -> Documents.draft(text + "\n"))
                .isInstanceOf(DocumentProblem.class)
                .hasMessageContaining(problem);
    }

    private static List<String> notes(String document) {
        return OpenApiImport.of(Documents.resource(document), ImportOptions.NONE).notes().stream()
                .map(Note::toString)
                .toList();
    }

    private static String document(String... paths) {
        return "openapi: 3.0.3\ninfo: {title: one, version: '1'}\npaths:\n  " + String.join("\n  ", paths) + "\n";
    }
}
