package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in the docs that says what is covered of each operation, held against the pack and the sandbox. */
final class CoverageTest {
    private static final Path DOCS = Path.of("../docs/contracts.md");
    private static final Path PACK = Path.of("../config/src/main/resources/contracts/stytch");
    private static final int FEWEST_EXAMPLES = 5;

    private final List<Contract> contracts =
            PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32)).contracts().stream()
                    .toList();

    @Test
    void the_table_says_what_is_there() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            StringBuilder rows = new StringBuilder();
            for (Contract contract : contracts) {
                rows.append(row(contract, isServed(sandbox, contract))).append('\n');
            }
            assertThat(Files.readString(DOCS))
                    .as("the rows of the table should be\n%s", rows)
                    .contains(rows);
        }
    }

    @Test
    void there_are_enough_examples_of_every_operation() throws IOException {
        for (Contract contract : contracts) {
            String id = contract.operation().id();
            assertThat(examples(id, "accepted")).as(id).isGreaterThanOrEqualTo(FEWEST_EXAMPLES);
            assertThat(examples(id, "refused")).as(id).isGreaterThanOrEqualTo(FEWEST_EXAMPLES);
        }
    }

    private static String row(Contract contract, boolean served) throws IOException {
        String id = contract.operation().id();
        String request = contract.readsRequests() ? contract.operation().hasBody() ? "body" : "query" : "takes nothing";
        return "| `%s` | %s | yes | %s | %d, %d | %s | yes |"
                .formatted(
                        id,
                        request,
                        contract.sessionToken().isPresent() ? "yes" : "has none",
                        examples(id, "accepted"),
                        examples(id, "refused"),
                        served ? "yes" : "no");
    }

    /** A caller without credentials is told so by an operation that is there. */
    private static boolean isServed(Sandbox sandbox, Contract contract) throws IOException, InterruptedException {
        var operation = contract.operation();
        String path = operation.path().replaceAll("\\{[^}]*}", "project-test-unknown");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                                .method(operation.method(), BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
        return !answer.body().contains("route_not_found");
    }

    private static long examples(String operation, String kind) throws IOException {
        try (Stream<Path> files = Files.list(PACK.resolve(operation + "/examples/" + kind))) {
            return files.count();
        }
    }
}
