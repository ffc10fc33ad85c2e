package dev.sallyport.tools.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.openapi.OpenApiExport;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.pack.NewPack;
import dev.sallyport.tools.openapi.pack.PackDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is exported says of every example what the pack says, once it is imported again. */
final class OpenApiExportTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final PackFiles PACK = PackFiles.of("stytch");
    private static final ContractCatalog CATALOG = PackCompiler.compiled(PACK, new StrictJson(32));
    private static final ObjectNode DOCUMENT = OpenApiExport.of(PACK, "1");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void an_exported_pack_that_is_imported_again_finds_what_it_found() throws IOException {
        PackDraft draft = OpenApiImport.of(
                OpenApiDocument.read(JSON.writeValueAsBytes(DOCUMENT), "exported"), ImportOptions.NONE);
        new NewPack(folder).write(draft);
        ContractCatalog imported = PackCompiler.compiled(PackFiles.of(folder.toString()), new StrictJson(32));

        assertThat(imported.contracts()).hasSameSizeAs(CATALOG.contracts());
        int compared = 0;
        for (Contract ours : CATALOG.contracts()) {
            Contract theirs = theirs(imported, ours);
            for (JsonNode example : examples(ours)) {
                compared += compare(ours, theirs, example);
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    @Test
    void every_reference_leads_to_a_component() {
        List<String> references = new ArrayList<>();
        DOCUMENT.findValuesAsString("$ref", references);

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/components/");
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void errors_have_the_members_of_the_providers() {
        JsonNode schema = DOCUMENT.at("/components/responses/error/content/application~1json/schema");

        assertThat(schema.at("/required"))
                .map(JsonNode::stringValue)
                .containsExactly("status_code", "request_id", "error_type", "error_message", "error_url");
        assertThat(schema.at("/properties/status_code/type").stringValue()).isEqualTo("integer");
    }

    private static Contract theirs(ContractCatalog imported, Contract ours) {
        return imported.contracts().stream()
                .filter(each -> each.operation()
                                .method()
                                .equals(ours.operation().method())
                        && each.operation().path().equals(ours.operation().path()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "was not imported: " + ours.operation().id()));
    }

    private static List<JsonNode> examples(Contract contract) {
        return Stream.of("accepted", "refused")
                .flatMap(kind -> PACK.jsonFilesIn(contract.operation().id() + "/examples/" + kind).stream())
                .map(file -> JSON.readTree(PACK.read(file)))
                .toList();
    }

    private static int compare(Contract ours, Contract theirs, JsonNode example) {
        int compared = 0;
        if (example.has("request") && ours.operation().hasBody()) {
            byte[] body = JSON.writeValueAsBytes(example.get("request"));
            assertThat(places(theirs.readRequest(body)))
                    .as(example.toString())
                    .isEqualTo(places(ours.readRequest(body)));
            compared++;
        }
        if (example.has("reply")) {
            byte[] body = JSON.writeValueAsBytes(example.get("reply"));
            assertThat(places(theirs.readReply(body))).as(example.toString()).isEqualTo(places(ours.readReply(body)));
            compared++;
        }
        return compared;
    }

    private static List<String> places(Reading reading) {
        return reading instanceof Reading.Document document
                ? document.violations().stream()
                        .map(violation -> violation.at() + " " + violation.keyword())
                        .sorted()
                        .toList()
                : List.of("unreadable");
    }
}
