package dev.sallyport.gateway.trace;

import dev.sallyport.config.TracingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/** Traces of calls, if there are any. Where there are none, OpenTelemetry is not loaded. */
public final class Tracing implements MeterBinder, AutoCloseable {
    private final @Nullable OtlpTraces traces;

    private Tracing(@Nullable OtlpTraces traces) {
        this.traces = traces;
    }

    /**
     * As the settings say.
     *
     * @param bundles among which that for the collector is
     * @param version of this build
     */
    public static Tracing of(TracingSettings settings, SslBundles bundles, String version) {
        return new Tracing(settings.enabled() ? OtlpTraces.started(settings, bundles, version) : null);
    }

    /** What begins the spans of calls. */
    public CallSpans spans() {
        return traces == null ? CallSpans.OFF : traces.spans();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (traces != null) {
            traces.bindTo(registry);
        }
    }

    /** Sends what waits, for a few seconds at most. */
    @Override
    public void close() {
        if (traces != null) {
            traces.close();
        }
    }
}
