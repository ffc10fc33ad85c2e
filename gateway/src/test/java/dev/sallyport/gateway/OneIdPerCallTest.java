package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.gateway.StubProvider.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call is found by one id: in its refusal, its line, its capture and at the provider; and it says where its time went. */
@Timeout(120)
final class OneIdPerCallTest {
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final Pattern MADE = Pattern.compile("request-id-sallyport-[0-9a-f-]{36}");
    private static final Pattern PART = Pattern.compile("([a-z-]+);dur=([0-9.]+)");
    private static final Pattern PHASE = Pattern.compile(" ([a-z-]+)-ms=\"([0-9.E-]+)\"");

    /** Asks for no session. */
    private static final String BODY = "{\"session_token\":\"legacy\"}";

    private static final String LENGTH = "Content-Length: " + BODY.length();

    @TempDir
    private static Path folder;

    private static StubProvider provider;
    private static TestGateway trusting;
    private static TestGateway wary;
    private static LogCapture log;
    private static Path captured;

    @BeforeAll
    static void start() {
        provider = new StubProvider();
        captured = folder.resolve("calls.ndjson");
        trusting = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.trusted-callers[0]=192.0.2.0/24",
                "--sallyport.trusted-callers[1]=127.0.0.0/8",
                "--sallyport.server-timing=true",
                "--sallyport.logs.access=true",
                "--sallyport.capture.file=" + captured);
        wary = TestGateway.inFrontOf(
                provider.baseUrl(), "--sallyport.trusted-callers[0]=192.0.2.0/24", "--sallyport.server-timing=true");
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() {
        log.close();
        trusting.close();
        wary.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.forget();
        log.taken();
    }

    @Test
    void a_call_that_a_trusted_caller_named_goes_by_that_name_everywhere() throws IOException {
        Answer answer = sent(trusting, RawCalls.call(LENGTH, "X-Request-Id: order-4711") + BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(asked().headers().getAll("X-Request-Id")).containsExactly("order-4711");
        assertThat(accessLine("order-4711"))
                .contains("operation=\"sessions.migrate\"", "outcome=\"ok\"", "status=\"200\"")
                .contains("provider-request-id=\"" + providersId(answer) + "\"");
        await().untilAsserted(() -> assertThat(Files.readString(captured))
                .contains("\"request-id\":\"order-4711\",\"operation\":\"sessions.migrate\""));
    }

    @Test
    void a_refusal_has_the_id_of_its_call() throws IOException {
        Answer answer = sent(trusting, RawCalls.call("X-Request-Id: order-4712", "Content-Length: 2") + "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"request_id\":\"order-4712\"");
        assertThat(accessLine("order-4712"))
                .contains("outcome=\"refused\"", "reason=\"REQUEST_BREAKS_CONTRACT\"", "fault=\"CALLER\"");
    }

    @Test
    void an_id_that_may_not_be_told_is_replaced() throws IOException {
        for (String id : List.of("a b", "a\"b", "x".repeat(65), "ä", "")) {
            provider.forget();
            sent(trusting, RawCalls.call(LENGTH, "X-Request-Id: " + id) + BODY);

            assertThat(asked().headers().getAll("X-Request-Id"))
                    .singleElement()
                    .asString()
                    .matches(MADE);
        }
    }

    @Test
    void a_caller_who_is_not_trusted_chooses_no_id_and_is_not_told_where_the_time_went() throws IOException {
        Answer good = sent(wary, RawCalls.call(LENGTH, "X-Request-Id: order-4713") + BODY);
        Answer bad = sent(wary, RawCalls.call("X-Request-Id: order-4714", "Content-Length: 2") + "{}");

        assertThat(asked().headers().getAll("X-Request-Id"))
                .singleElement()
                .asString()
                .matches(MADE);
        assertThat(providersId(bad)).matches(MADE);
        assertThat(good.header("Server-Timing")).isEmpty();
        assertThat(bad.header("Server-Timing")).isEmpty();
        assertThat(log.taken()).contains("caller-request-id=\"order-4714\"").doesNotContain("order-4713");
    }

    @Test
    void a_head_that_is_malformed_has_an_id_as_well() throws IOException {
        Answer answer = sent(trusting, head(RawCalls.LINE, RawCalls.HOST, RawCalls.HOST));

        assertThat(providersId(answer)).matches(MADE);
    }

    @Test
    void the_phases_add_up_to_the_total() throws IOException {
        Answer answer = sent(trusting, RawCalls.call(LENGTH, "X-Request-Id: timed-1") + BODY);

        Matcher part = PART.matcher(answer.header("Server-Timing"));
        double sum = 0;
        double total = 0;
        while (part.find()) {
            double millis = Double.parseDouble(part.group(2));
            total = part.group(1).equals("total") ? millis : total;
            sum += part.group(1).equals("total") ? 0 : millis;
        }
        assertThat(total).isPositive();
        assertThat(sum).isCloseTo(total, within(0.01)); // each is rounded to a thousandth
        String line = accessLine("timed-1");
        assertThat(line).contains(" read-ms=", " first-door-ms=", " first-byte-ms=", " second-door-ms=", " write-ms=");
        assertThat(PHASE.matcher(line)
                        .results()
                        .mapToDouble(each -> Double.parseDouble(each.group(2)))
                        .sum())
                .isCloseTo(millis(line), within(0.01));
        assertThat(millis(line)).isGreaterThanOrEqualTo(total);
    }

    private static double millis(String line) {
        Matcher found = Pattern.compile(" millis=\"([0-9.E-]+)\"").matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static Asked asked() {
        return provider.asked(StubProvider.MIGRATE).get(0);
    }

    private static String providersId(Answer answer) {
        Matcher found = REQUEST_ID.matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    private static Answer sent(TestGateway gateway, String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            return client.read();
        }
    }

    /** Written when the network took the answer, so perhaps a little after the caller has it. */
    private static String accessLine(String id) {
        var seen = new StringBuilder();
        await().until(() -> seen.append(log.taken()).toString().contains("[request-id=\"" + id + "\""));
        return seen.toString()
                .lines()
                .filter(line -> line.startsWith("dev.sallyport.access") && line.contains("\"" + id + "\""))
                .reduce((one, other) -> {
                    throw new AssertionError("two lines:\n" + one + "\n" + other);
                })
                .orElseThrow(() -> new AssertionError("no line with " + id + " in\n" + seen));
    }
}
