package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.store.StoreServer;
import dev.sallyport.gateway.trace.Collector;
import dev.sallyport.gateway.trace.Collector.Seen;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.fault.JwksFault;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the shared store and fetches of keys are told in traces: in that of the call that they are for, if there is one. */
@Timeout(180)
final class TracedStoreAndKeysTest {
    private static final String FETCH = "GET sessions.jwks";
    private static final String LIMIT = "--sallyport.rate-limits.limits[0].";

    private final StoreServer store = StoreServer.redis();
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
    private final Collector collector = collector();
    private final TestGateway gateway = TestGateway.inFrontOf(
            sandbox.baseUrl(),
            "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
            "--sallyport.trusted-callers[0]=127.0.0.1",
            "--sallyport.store.url=" + store.url(),
            "--sallyport.store.timeout=5s",
            "--sallyport.idempotency.mode=on",
            "--sallyport.idempotency.store=redis",
            "--sallyport.idempotency.keys[0]=dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzLi4=",
            "--sallyport.rate-limits.store=redis",
            LIMIT + "name=all",
            LIMIT + "key=operation",
            LIMIT + "permits=1000",
            LIMIT + "per=1h",
            "--sallyport.tracing.enabled=true",
            "--sallyport.tracing.sampling=100%",
            "--sallyport.tracing.endpoint=" + collector.endpoint());

    private static Collector collector() {
        try {
            return new Collector();
        } catch (IOException unbound) {
            throw new java.io.UncheckedIOException(unbound);
        }
    }

    @BeforeEach
    void connected() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.bean(StoreAccess.class).isConnected());
        // Keys are fetched at the start, for no call.
        await().atMost(Duration.ofSeconds(60)).until(() -> !fetches().isEmpty());
    }

    @AfterEach
    void close() {
        gateway.close();
        collector.close();
        sandbox.close();
        store.close();
    }

    @Test
    void scripts_are_told_in_the_call_that_they_were_run_for() throws Exception {
        call("stored-1", 200);

        assertThat(within("stored-1", "EVALSHA limits", "EVALSHA claim", "EVALSHA end"))
                .allSatisfy(script -> {
                    assertThat(script.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
                    assertThat(script.attributes())
                            .containsEntry("db.system.name", "redis")
                            .containsEntry("db.operation.name", "EVALSHA")
                            .containsEntry(
                                    "db.stored_procedure.name", script.name().substring("EVALSHA ".length()))
                            .doesNotContainKey("error.type");
                });
    }

    @Test
    void a_fetch_of_keys_is_a_trace_by_itself_or_a_part_of_the_call_that_needs_them() throws Exception {
        assertThat(fetches()).first().satisfies(fetch -> {
            assertThat(fetch.parentId()).isEmpty();
            assertThat(fetch.attributes())
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("server.address", "127.0.0.1")
                    .containsEntry("sallyport.operation", "sessions.jwks")
                    .doesNotContainKeys("error.type", "url.full", "url.template");
        });
        sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);

        call("rotated-1", 200);

        assertThat(within("rotated-1", FETCH)).hasSize(1);
        sandbox.jwksFault(JwksFault.NOT_JSON);
        sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            call("rotated-2", 502);
            assertThat(fetches()).last().satisfies(fetch -> {
                assertThat(fetch.told("error.type")).isEqualTo("not_a_key_set");
                assertThat(fetch.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            });
        });
    }

    private List<Seen> fetches() {
        return collector.spans().stream()
                .filter(span -> span.name().equals(FETCH))
                .toList();
    }

    /** Spans right within that of a call; the last may end after it. */
    private List<Seen> within(String requestId, String... names) {
        List<String> wanted = List.of(names);
        Seen whole = collector.traceOf(requestId).stream()
                .filter(span -> requestId.equals(span.told("sallyport.request_id")))
                .findFirst()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(collector.spans())
                        .filteredOn(span -> span.parentId().equals(whole.id()))
                        .extracting(Seen::name)
                        .containsAll(wanted));
        return collector.spans().stream()
                .filter(span -> span.parentId().equals(whole.id()) && wanted.contains(span.name()))
                .toList();
    }

    private void call(String requestId, int status) throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(RawCalls.call(
                            "Content-Length: " + RawCalls.BODY.length(),
                            "X-Request-Id: " + requestId,
                            "Idempotency-Key: " + requestId + "-" + System.nanoTime())
                    + RawCalls.BODY);
            assertThat(caller.read().status()).isEqualTo(status);
        }
    }
}
