package dev.sallyport.tools.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.pack.NewPack;
import dev.sallyport.tools.openapi.pack.PackDraft;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Imports what the provider publishes and tries the built-in pack's accepted examples on it. That document is not ours to
 * keep, so this is no part of the build: a property says where it is. See docs/contracts.md.
 */
@Tag("published-document")
final class PublishedDocumentTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path pack;

    @Test
    void every_accepted_example_passes_what_is_imported() throws IOException {
        Path document = Path.of(Objects.requireNonNull(System.getProperty("published.document")));
        var options =
                new ImportOptions(null, ImportOptions.NONE.projectSteps(), ImportOptions.NO_ERROR_URL, true, true);
        PackDraft draft =
                OpenApiImport.of(OpenApiDocument.read(Files.readAllBytes(document), document.toString()), options);
        new NewPack(pack).write(draft);
        int lent = 0;
        for (Operation ours : operations()) {
            lent += lend(ours, theirs(draft, ours));
        }

        ContractCatalog imported = PackCompiler.load(PackFiles.of(pack.toString()), new StrictJson(32));

        assertThat(imported.examples()).isEqualTo(lent).isGreaterThan(100);
    }

    private static Operation theirs(PackDraft draft, Operation ours) {
        return draft.operations().stream()
                .filter(each ->
                        each.method().equals(ours.method()) && each.path().equals(ours.path()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("is not in the document: " + ours.id()));
    }

    /** Without tokens and rules, of which a document says nothing. */
    private int lend(Operation ours, Operation theirs) throws IOException {
        Path folder = Files.createDirectories(pack.resolve(theirs.id()).resolve("examples/accepted"));
        List<Path> examples = accepted(ours);
        for (Path file : examples) {
            ObjectNode example = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
            example.remove(List.of("token", "reported"));
            Files.write(folder.resolve(file.getFileName().toString()), JSON.writeValueAsBytes(example));
        }
        return examples.size();
    }

    private static List<Path> accepted(Operation operation) throws IOException {
        URL catalog = Objects.requireNonNull(Contract.class.getResource("/contracts/stytch/catalog.yml"));
        try {
            Path folder = Path.of(catalog.toURI()).resolveSibling(operation.id() + "/examples/accepted");
            try (Stream<Path> files = Files.list(folder)) {
                return files.toList();
            }
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<Operation> operations() {
        ContractCatalog catalog = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));
        Stream<Contract> lookup = catalog.fingerprintLookup().map(LookupContract::contract).stream();
        return Stream.concat(catalog.contracts().stream(), lookup)
                .map(Contract::operation)
                .toList();
    }
}
