package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.server.RecordedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The table in the docs that says what is covered of each operation, held against the pack, the sandbox, and calls that the
 * provider's own Java client makes through the gateway. What the answers say is looked at in {@link JavaSdkTest}.
 */
@Timeout(120)
final class CoverageTest {
    private static final Path DOCS = Path.of("../docs/contracts.md");
    private static final Path PACK = Path.of("../config/src/main/resources/contracts/stytch");
    private static final int FEWEST_EXAMPLES = 5;
    private static final List<Contract> CONTRACTS =
            PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32)).contracts().stream()
                    .toList();

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(SandboxOptions.defaults());

    private static StytchClient consumer;
    private static StytchB2BClient b2b;

    @BeforeAll
    static void start() {
        var config =
                new OptionalClientConfig("http://127.0.0.1:" + RUNNING.gateway().port());
        consumer = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config);
        b2b = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config);
    }

    @AfterAll
    static void stop() {
        consumer.close();
        b2b.close();
    }

    @Test
    void the_table_says_what_is_there() throws Exception {
        Map<String, SdkCall> calls =
                new TreeMap<>(ConsumerSdkCalls.of(consumer, RUNNING.sandbox().fixtures()));
        calls.putAll(B2bSdkCalls.of(b2b, RUNNING.sandbox().fixtures()));
        var rows = new StringBuilder();
        for (Contract contract : CONTRACTS) {
            SdkCall call = calls.remove(contract.operation().id());
            rows.append(row(contract, call != null && isAnswered(contract.operation(), call)))
                    .append('\n');
        }

        assertThat(calls).as("calls of what is no operation of the pack").isEmpty();
        assertThat(rows).as("every column is yes where it can be").doesNotContain("| no |");
        assertThat(Files.readString(DOCS))
                .as("the rows of the table should be\n%s", rows)
                .contains(rows);
    }

    @Test
    void there_are_enough_examples_of_every_operation() throws IOException {
        assertThat(CONTRACTS).isNotEmpty();
        for (Contract contract : CONTRACTS) {
            String id = contract.operation().id();
            assertThat(examples(id, "accepted")).as(id).isGreaterThanOrEqualTo(FEWEST_EXAMPLES);
            assertThat(examples(id, "refused")).as(id).isGreaterThanOrEqualTo(FEWEST_EXAMPLES);
        }
    }

    private static String row(Contract contract, boolean answered) throws IOException, InterruptedException {
        String id = contract.operation().id();
        String request = contract.readsRequests() ? contract.operation().hasBody() ? "body" : "query" : "takes nothing";
        return "| `%s` | %s | %s | %s | %d, %d | %s | %s |"
                .formatted(
                        id,
                        request,
                        yes(checksReplies(contract)),
                        contract.sessionToken().isPresent() ? "yes" : "has none",
                        examples(id, "accepted"),
                        examples(id, "refused"),
                        yes(isServed(contract.operation())),
                        yes(answered));
    }

    private static String yes(boolean so) {
        return so ? "yes" : "no";
    }

    private static boolean checksReplies(Contract contract) {
        return contract.readReply("{}".getBytes(StandardCharsets.UTF_8)) instanceof Document empty
                && !empty.violations().isEmpty();
    }

    /** A caller without credentials is told so by an operation that is there. */
    private static boolean isServed(Operation operation) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        RUNNING.sandbox().baseUrl() + operation.path().replaceAll("\\{[^}]*}", "unknown")))
                .method(operation.method(), BodyPublishers.noBody())
                .build();
        return !RUNNING.client().send(request, BodyHandlers.ofString()).body().contains("route_not_found");
    }

    /** The client has its answer, and the provider saw its request. */
    private static boolean isAnswered(Operation operation, SdkCall call) {
        return call.send().join() instanceof StytchResult.Success && (isKeys(operation) || isOf(operation, lastSeen()));
    }

    /** The sandbox keeps no record of who fetches keys: gateways do so whenever they like. */
    private static boolean isKeys(Operation operation) {
        return operation.namesProject();
    }

    private static boolean isOf(Operation operation, RecordedRequest seen) {
        return operation.method().equals(seen.method())
                && operation.template().matches(seen.uri().replaceFirst("\\?.*", ""));
    }

    private static RecordedRequest lastSeen() {
        return RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 1);
    }

    private static long examples(String operation, String kind) throws IOException {
        try (Stream<Path> files = Files.list(PACK.resolve(operation + "/examples/" + kind))) {
            return files.count();
        }
    }
}
