package dev.sallyport.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.call.CallSpan;
import dev.sallyport.config.TracingSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Secret;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.trace.CallSpans.CameIn;
import dev.sallyport.gateway.trace.Collector.Seen;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;

/** What reaches a collector, over a socket. */
@Timeout(120)
final class TracingTest {
    private static final SslBundles NONE = new DefaultSslBundleRegistry();

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = new Collector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void spans_arrive_with_their_tree_and_what_was_said_of_them() {
        try (Tracing tracing = tracing(100, false)) {
            CallSpan call = tracing.spans().begin(cameIn(null, false));
            CallSpan step = call.step("request contract");
            step.put("key", "value");
            step.put("number", 7);
            step.end();
            CallSpan first = call.attempt("POST /p");
            first.fail("PROVIDER_UNREACHABLE");
            first.end();
            CallSpan second = call.attempt("POST /p");
            second.end();
            second.put("late", "left out");
            second.fail("late");
            call.end();
        }

        List<Seen> spans = collector.spans();
        assertThat(spans).extracting(Seen::name).containsExactly("request contract", "POST /p", "POST /p", "POST /r");
        Seen call = spans.get(3);
        assertThat(spans).extracting(Seen::traceId).containsOnly(call.traceId());
        assertThat(spans.subList(0, 3)).extracting(Seen::parentId).containsOnly(call.id());
        assertThat(call.parentId()).isEmpty();
        assertThat(spans)
                .extracting(each -> each.span().getKind())
                .containsExactly(
                        SpanKind.SPAN_KIND_INTERNAL,
                        SpanKind.SPAN_KIND_CLIENT,
                        SpanKind.SPAN_KIND_CLIENT,
                        SpanKind.SPAN_KIND_SERVER);
        assertThat(spans.get(0).attributes()).isEqualTo(Map.of("key", "value", "number", "7"));
        assertThat(spans.get(1).attributes()).isEqualTo(Map.of("error.type", "PROVIDER_UNREACHABLE"));
        assertThat(spans.get(1).span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(spans.get(2).attributes()).isEqualTo(Map.of("http.request.resend_count", "1"));
        assertThat(call.attributes())
                .isEqualTo(
                        Map.of("http.request.method", "POST", "http.route", "/r", "network.protocol.version", "1.1"));
        assertThat(spans)
                .allSatisfy(each -> assertThat(each.span().getEventsList())
                        .as("an exception would bring its message and its stack")
                        .isEmpty());
        assertThat(collector.authorizations()).containsOnly("Bearer collector");
        assertThat(collector.requests().get(0).getResourceSpans(0).getResource().getAttributesList())
                .anySatisfy(each -> {
                    assertThat(each.getKey()).isEqualTo("service.name");
                    assertThat(each.getValue().getStringValue()).isEqualTo("sallyport");
                });
    }

    /** A share of 100% records everything, 0% nothing, unless a trusted caller may say so, and one does. */
    @ParameterizedTest
    @CsvSource({
        "100, false, true, 00, true",
        "100, false, false, 00, true",
        "0, false, true, 01, false",
        "0, false, false, 01, false",
        "100, true, true, 00, false",
        "100, true, false, 00, true",
        "0, true, true, 01, true",
        "0, true, false, 01, false"
    })
    void what_others_record_decides_only_if_they_are_trusted_and_the_settings_say_so(
            int share, boolean follows, boolean isTrusted, String flags, boolean isRecorded) {
        try (Tracing tracing = tracing(share, follows)) {
            CallSpan call = tracing.spans().begin(cameIn("00-" + TRACE + "-" + SPAN + "-" + flags, isTrusted));
            CallSpan attempt = call.attempt("POST /p");
            attempt.end();
            call.end();

            assertThat(call.isRecorded()).isEqualTo(isRecorded);
            assertThat(attempt.parent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0" + (isRecorded ? "1" : "0"));
            assertThat(attempt.parent().startsWith("00-" + TRACE)).isEqualTo(isTrusted);
            assertThat(attempt.parent()).doesNotContain(SPAN);
        }

        assertThat(collector.spans()).hasSize(isRecorded ? 2 : 0);
    }

    @Test
    void the_trace_of_a_caller_who_is_not_trusted_is_named_beside_a_new_one() {
        try (Tracing tracing = tracing(100, true)) {
            tracing.spans()
                    .begin(cameIn("00-" + TRACE + "-" + SPAN + "-01", false))
                    .end();
        }

        Seen call = collector.spans().get(0);
        assertThat(call.traceId()).isNotEqualTo(TRACE);
        assertThat(call.parentId()).isEmpty();
        assertThat(call.span().getLinksList()).singleElement().satisfies(link -> {
            assertThat(link.getTraceId().toByteArray())
                    .isEqualTo(java.util.HexFormat.of().parseHex(TRACE));
            assertThat(link.getSpanId().toByteArray())
                    .isEqualTo(java.util.HexFormat.of().parseHex(SPAN));
        });
    }

    @Test
    void spans_that_a_collector_does_not_take_are_counted_and_lost() {
        collector.answers(503);
        try (Tracing tracing = tracing(100, false)) {
            tracing.bindTo(registry);
            tracing.spans().begin(cameIn(null, false)).end();
            await().atMost(Duration.ofSeconds(60)).until(() -> counted("failed") == 1);

            collector.answers(200);
            tracing.spans().begin(cameIn(null, false)).end();
            await().atMost(Duration.ofSeconds(60)).until(() -> counted("exported") == 1);
        }

        assertThat(collector.spans()).hasSize(1);
        assertThat(counted("dropped")).isZero();
    }

    @Test
    void the_queue_is_bounded_and_the_rest_is_counted() throws IOException {
        try (Stalled stalled = new Stalled();
                Tracing tracing = Tracing.of(settings(stalled.endpoint(), 100, false), NONE, "1")) {
            tracing.bindTo(registry);
            tracing.spans().begin(cameIn(null, false)).end();
            stalled.awaitAsked();
            for (int spans = 0; spans < 2 * SpanQueue.MOST; spans++) {
                tracing.spans().begin(cameIn(null, false)).end();
            }

            assertThat(counted("dropped")).isPositive();
        }
    }

    @Test
    void without_traces_there_is_nothing() {
        try (Tracing off = Tracing.of(TracingSettings.defaults(), NONE, "1")) {
            off.bindTo(registry);

            assertThat(off.spans()).isSameAs(CallSpans.OFF);
            assertThat(off.spans().begin(cameIn(null, false))).isSameAs(CallSpan.NONE);
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private double counted(String result) {
        return registry.get("sallyport.trace.spans")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    @Test
    void a_collector_that_does_not_show_a_certificate_of_the_bundle_gets_nothing(@TempDir Path folder)
            throws Exception {
        Certificate own = Certificate.of(folder, "dns:localhost");
        Certificate other = Certificate.another(folder, "dns:localhost");
        var bundles = new DefaultSslBundleRegistry();
        bundles.registerBundle("own", own.trusted());
        bundles.registerBundle("other", other.trusted());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.keyManagers().getKeyManagers(), null, null);
        try (Collector secured = new Collector(tls)) {
            for (String bundle : List.of("other", "own")) {
                var settings = new TracingSettings(
                        true, secured.endpoint(), Optional.of(bundle), new Percent(100), false, Map.of());
                try (Tracing tracing = Tracing.of(settings, bundles, "1")) {
                    tracing.spans()
                            .begin(new CameIn("POST", "/" + bundle, "1.1", null, false))
                            .end();
                }
            }

            assertThat(secured.spans()).extracting(Collector.Seen::name).containsExactly("POST /own");
        }
    }

    private Tracing tracing(int share, boolean follows) {
        return Tracing.of(settings(collector.endpoint(), share, follows), NONE, "1");
    }

    private static TracingSettings settings(URI endpoint, int share, boolean follows) {
        return new TracingSettings(
                true,
                endpoint,
                Optional.empty(),
                new Percent(share),
                follows,
                Map.of("authorization", Secret.of("Bearer collector")));
    }

    private static CameIn cameIn(@Nullable String parent, boolean isTrusted) {
        return new CameIn("POST", "/r", "1.1", parent, isTrusted);
    }
}
