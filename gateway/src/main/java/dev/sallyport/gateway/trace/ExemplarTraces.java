package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.gateway.management.meters.Exemplars;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Tells Prometheus' client the trace of the call that is being recorded, as an example of what a bucket counts. */
public final class ExemplarTraces implements SpanContext {
    private final Exemplars exemplars;

    /** Knows whose call is being recorded. */
    public ExemplarTraces(Exemplars exemplars) {
        this.exemplars = exemplars;
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        @Nullable CallSpan span = exemplars.current();
        return span == null ? null : span.traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        @Nullable CallSpan span = exemplars.current();
        return span == null ? null : span.spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return exemplars.current() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {}
}
