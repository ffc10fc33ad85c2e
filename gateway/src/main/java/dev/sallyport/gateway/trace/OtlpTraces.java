package dev.sallyport.gateway.trace;

import dev.sallyport.config.TracingSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Traces that are sent to a collector, by OTLP over HTTP. */
final class OtlpTraces {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final double PERCENT = 100.0;

    private final SpanQueue queue;
    private final SdkTracerProvider provider;
    private final CallSpans spans;

    private OtlpTraces(SpanQueue queue, SdkTracerProvider provider) {
        this.queue = queue;
        this.provider = provider;
        var tracer = new OtelTracer(provider.get("dev.sallyport"), new OtelCurrentTraceContext(), event -> {});
        this.spans = new MicrometerSpans(tracer);
    }

    /** @param version of this build */
    static OtlpTraces started(TracingSettings settings, SslBundles bundles, String version) {
        var queue = new SpanQueue(exporter(settings, bundles));
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(resource(version))
                .setSampler(sampler(settings))
                // no exceptions, whatever would note one: their messages and stacks may say anything
                .setSpanLimits(SpanLimits.builder().setMaxNumberOfEvents(0).build())
                .addSpanProcessor(queue)
                .build();
        queue.start();
        return new OtlpTraces(queue, provider);
    }

    private static OtlpHttpSpanExporter exporter(TracingSettings settings, SslBundles bundles) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setConnectTimeout(CONNECT)
                .setTimeout(SpanQueue.PATIENCE)
                .setRetryPolicy(null)
                .setProxy(ProxyOptions.create(HttpClient.Builder.NO_PROXY));
        settings.headers().forEach((name, value) -> builder.addHeader(name, value.reveal()));
        settings.sslBundle()
                .map(bundles::getBundle)
                .ifPresent(bundle -> builder.setSslContext(bundle.createSslContext(), trust(bundle)));
        return builder.build();
    }

    /** The JDK's client has it in its context already; the exporter asks for it by itself. */
    private static X509TrustManager trust(SslBundle bundle) {
        return Stream.of(bundle.getManagers().getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Resource resource(String version) {
        return Resource.builder()
                .put("service.name", "sallyport")
                .put("service.version", version)
                .put("service.instance.id", UUID.randomUUID().toString())
                .build();
    }

    /** What other servers recorded decides only if the settings say so. */
    private static Sampler sampler(TracingSettings settings) {
        Sampler share = Sampler.traceIdRatioBased(settings.sampling().value() / PERCENT);
        return settings.followCallers()
                ? Sampler.parentBased(share)
                : Sampler.parentBasedBuilder(share)
                        .setRemoteParentSampled(share)
                        .setRemoteParentNotSampled(share)
                        .build();
    }

    CallSpans spans() {
        return spans;
    }

    void bindTo(MeterRegistry registry) {
        counter(registry, "exported", SpanQueue::exported);
        counter(registry, "failed", SpanQueue::failed);
        counter(registry, "dropped", SpanQueue::dropped);
    }

    private void counter(MeterRegistry registry, String result, ToDoubleFunction<SpanQueue> count) {
        FunctionCounter.builder("sallyport.trace.spans", queue, count)
                .description("Spans of traces, by whether they reached their collector")
                .tags("result", result)
                .register(registry);
    }

    void close() {
        queue.close(GRACE);
        provider.shutdown();
    }
}
