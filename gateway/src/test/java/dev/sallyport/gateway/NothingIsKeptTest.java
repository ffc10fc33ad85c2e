package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.BODY;
import static dev.sallyport.gateway.RawCalls.CHUNK;
import static dev.sallyport.gateway.RawCalls.CHUNKED;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawCalls.LAST_CHUNK;
import static dev.sallyport.gateway.RawCalls.LENGTH;
import static dev.sallyport.gateway.RawCalls.LINE;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of a request that was answered nothing stays in memory, nor of a connection that is closed. Times are so long that whatever
 * waits for one of them is still there.
 */
@Timeout(300)
final class NothingIsKeptTest {
    private static final int REQUESTS = 1000;
    private static final int AT_ONCE = 20;
    private static final int CONNECTIONS = 5;
    private static final int PERMITS = REQUESTS + CONNECTIONS * AT_ONCE;
    /** Those that a loop or a cache has in hand. */
    private static final int SOME = 50;

    private static final String OPERATIONS = "reactor.netty.http.server.HttpServerOperations";
    private static final String CONNECTION = "dev.sallyport.gateway.http.connection.CallerConnection";
    private static final String TIMER = "io.netty.util.concurrent.ScheduledFutureTask";
    private static final Set<String> WATCHED = Set.of(OPERATIONS, CONNECTION, TIMER);
    private static final int NO_MORE = 429;
    private static final String NO_PERMITS = "127.0.0.9";

    private static Sandbox sandbox;
    private static TestGateway gateway;
    /** What tests before this one left in the process: timers of loops that they share, for one. */
    private static Map<String, Long> before;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(20));
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.rate-limits.limits[0].name=by-address",
                "--sallyport.rate-limits.limits[0].key=address",
                "--sallyport.rate-limits.limits[0].permits=" + PERMITS,
                "--sallyport.rate-limits.limits[0].per=24h",
                "--sallyport.request.body-timeout=2m",
                "--sallyport.request.idle-timeout=10m",
                "--sallyport.request.write-timeout=10m",
                "--sallyport.deadline=60s");
        before = live();
        takeAllPermits();
    }

    private static void takeAllPermits() throws IOException {
        try (RawHttp client = connection(Kind.NO_PERMIT)) {
            for (int count = 0; count < PERMITS; count++) {
                client.send(Kind.NO_PERMIT.request);
                assertThat(client.read().status()).isEqualTo(Kind.UNKNOWN_PROJECT.status);
            }
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        sandbox.close();
    }

    /** What is sent again and again, and how it is answered. */
    enum Kind {
        ANSWERED("127.0.1.1", 200, head(LINE, HOST, AUTHORIZATION, JSON, LENGTH) + BODY),
        ANSWERED_IN_CHUNKS("127.0.1.2", 200, head(LINE, HOST, AUTHORIZATION, JSON, CHUNKED) + CHUNK + LAST_CHUNK),
        UNKNOWN_PATH("127.0.1.3", 404, head("GET /v1/nowhere HTTP/1.1", HOST, "X-Field: " + "x".repeat(1000))),
        UNKNOWN_PATH_WITH_A_BODY("127.0.1.4", 404, head("POST /v1/nowhere HTTP/1.1", HOST, JSON, LENGTH) + BODY),
        UNKNOWN_PATH_WITH_HALF_A_BODY(
                "127.0.1.5", 404, head("POST /v1/nowhere HTTP/1.1", HOST, JSON, "Content-Length: 60000") + "half"),
        UNKNOWN_PROJECT("127.0.1.6", 403, head("GET /v1/sessions?user_id=a HTTP/1.1", HOST)),
        WRONG_METHOD("127.0.1.7", 405, head("GET /v1/sessions/migrate HTTP/1.1", HOST)),
        WRONG_TYPE("127.0.1.8", 415, head(LINE, HOST, "Content-Type: text/plain", "Content-Length: 0")),
        BROKEN_CONTRACT("127.0.1.9", 400, head(LINE, HOST, AUTHORIZATION, JSON, "Content-Length: 2") + "{}"),
        NO_PERMIT(NO_PERMITS, NO_MORE, head("GET /v1/sessions?user_id=a HTTP/1.1", HOST)),
        NO_PERMIT_WITH_A_BODY(NO_PERMITS, NO_MORE, head(LINE, HOST, AUTHORIZATION, JSON, LENGTH) + BODY);

        private final String address;
        private final int status;
        private final String request;

        Kind(String address, int status, String request) {
            this.address = address;
            this.status = status;
            this.request = request;
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_answered_requests(Kind kind) throws Exception {
        List<RawHttp> kept = new ArrayList<>();
        for (int count = 0; count < CONNECTIONS; count++) {
            kept.add(connection(kind));
        }
        int asked = 0;
        while (asked < REQUESTS) {
            for (int each = 0; each < CONNECTIONS; each++) {
                int answered = answered(kept.get(each), kind);
                asked += answered;
                if (answered < AT_ONCE) { // the answer was the last one of its connection
                    kept.get(each).close();
                    kept.set(each, connection(kind));
                }
            }
        }

        assertFew(OPERATIONS, TIMER);
        for (RawHttp each : kept) {
            each.close();
        }
        assertFew(CONNECTION);
    }

    /** How many of some requests at once were answered, in the expected way. */
    private static int answered(RawHttp client, Kind kind) throws Exception {
        client.send(kind.request.repeat(AT_ONCE));
        for (int count = 0; count < AT_ONCE; count++) {
            var answer = client.read();
            boolean hadPermit = kind.status == NO_MORE && answer.status() != NO_MORE; // some come back with time
            assertThat(hadPermit || answer.status() == kind.status)
                    .as(answer.toString())
                    .isTrue();
            if (answer.header("Connection").equals("close")) {
                return count + 1;
            }
        }
        return AT_ONCE;
    }

    /** Each kind from an address of its own, which has its own permits, or none. */
    private static RawHttp connection(Kind kind) throws IOException {
        return RawHttp.from(InetAddress.getByName(kind.address), gateway.port());
    }

    /** Soon: a loop may still be busy with the end of the last request. */
    private static void assertFew(String... types) {
        Waiting.until(
                "only some are kept",
                NothingIsKeptTest::live,
                live -> Stream.of(types)
                        .allMatch(type -> live.getOrDefault(type, 0L) - before.getOrDefault(type, 0L) <= SOME));
    }

    /** How many objects of each class the garbage collector leaves. */
    private static Map<String, Long> live() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return histogram
                .toString()
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(row -> row.length > 3 && WATCHED.contains(row[3]))
                .collect(Collectors.toMap(row -> row[3], row -> Long.parseLong(row[1]), Long::sum));
    }
}
