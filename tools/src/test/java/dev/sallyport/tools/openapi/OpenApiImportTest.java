package dev.sallyport.tools.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.tools.openapi.document.DocumentProblem;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.pack.PackDraft;
import dev.sallyport.tools.openapi.pack.PackText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
                        new Operation("keys.project_id.get", "GET", "/api/keys/{project_id}"));
    }

    @Test
    void the_operations_of_a_3_1_document_in_json() {
        PackDraft draft = OpenApiImport.of(Documents.resource("box-office-3.1.json"), ImportOptions.NONE);

        assertThat(draft.operations())
                .containsExactly(
                        new Operation("seats", "GET", "/v2/seats/free"),
                        new Operation("v2.refunds.post", "POST", "/eu/v2/refunds"));
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
                        "left out  #/paths/~1shows/get/parameters/3: is an array; any text passes, and one that is given"
                                + " twice is refused",
                        "left out  #/paths/~1shows/get/parameters/4: stands in the header, which is passed on unchecked",
                        "left out  #/paths/~1shows/get/parameters/0/schema/maximum: is about a number, and a query holds"
                                + " texts",
                        "example  #/components/responses/Shows/content/application~1json/examples/elsewhere: has no value"
                                + " in this document; nothing is fetched",
                        "left out  #/paths/~1tickets/post/responses/201/content/text~1plain: only JSON is read",
                        "left out  #/paths/~1tickets~1{ticket_id}/get: has the placeholder {ticket_id} in its path; one may"
                                + " stand there, which names the project (project, projectId, project_id)",
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
                        "left out  #/paths/~1v2~1refunds/get: shares its path with another operation; a pack serves one"
                                + " method of a path",
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
