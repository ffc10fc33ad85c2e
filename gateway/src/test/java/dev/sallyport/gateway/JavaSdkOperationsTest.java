package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.stytch.java.b2b.StytchB2BClient;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every operation of the pack, called by the provider's own Java client with the gateway in front of the provider. What the
 * answers say is looked at in {@link JavaSdkTest}; here none may be missing.
 */
@Timeout(120)
class JavaSdkOperationsTest {
    private static final ContractCatalog CATALOG = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));

    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static StytchClient consumer;
    private static StytchB2BClient b2b;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        gateway = TestGateway.inFrontOf(sandbox.baseUrl());
        var config = new OptionalClientConfig("http://127.0.0.1:" + gateway.port());
        consumer = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config);
        b2b = new StytchB2BClient(Fixtures.B2B_PROJECT_ID, Fixtures.B2B_SECRET, config);
    }

    @AfterAll
    static void stop() {
        consumer.close();
        b2b.close();
        gateway.close();
        sandbox.close();
    }

    private static Map<String, SdkCall> calls() {
        Map<String, SdkCall> calls = new TreeMap<>(ConsumerSdkCalls.of(consumer, sandbox.fixtures()));
        calls.putAll(B2bSdkCalls.of(b2b, sandbox.fixtures()));
        return calls;
    }

    @Test
    void no_operation_of_the_pack_is_missing() {
        assertThat(calls().keySet())
                .containsExactlyInAnyOrderElementsOf(CATALOG.contracts().stream()
                        .map(Contract::operation)
                        .map(Operation::id)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> the_client_gets_what_it_asked_for() {
        return calls().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> answered(each.getKey(), each.getValue())));
    }

    private static void answered(String id, SdkCall call) {
        Operation operation = CATALOG.contract(id).orElseThrow().operation();

        StytchResult<?> result = call.send().join();

        assertThat(result).isInstanceOf(StytchResult.Success.class);
        assertThat(isKeys(operation) || lastSeen().startsWith(operation.method() + " " + operation.path()))
                .as("%s reached the provider, last was %s", id, lastSeen())
                .isTrue();
    }

    /** The sandbox keeps no record of who fetches keys: gateways do so whenever they like. */
    private static boolean isKeys(Operation operation) {
        return operation.namesProject();
    }

    private static String lastSeen() {
        var seen = sandbox.requests().get(sandbox.requests().size() - 1);
        return seen.method() + " " + seen.uri();
    }
}
