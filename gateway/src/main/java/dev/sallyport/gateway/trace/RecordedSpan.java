package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.trace.SpanKeys;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.StatusCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A span that is recorded, by Micrometer. Its status and its end go to OpenTelemetry's span behind it: Micrometer takes a failure as an
 * exception only, and marks whatever did not fail as a success, for which it copies the whole span.
 */
final class RecordedSpan implements CallSpan {
    private final Tracer tracer;
    private final Span span;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** A span that has begun. */
    RecordedSpan(Tracer tracer, Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    @Override
    public boolean isRecorded() {
        return true;
    }

    @Override
    public String traceId() {
        return span.context().traceId();
    }

    @Override
    public String spanId() {
        return span.context().spanId();
    }

    @Override
    public String parent() {
        return Traceparent.of(traceId(), spanId(), true);
    }

    @Override
    public CallSpan step(String name) {
        return begun(within(name));
    }

    @Override
    public CallSpan request(String name) {
        return begun(within(name).kind(Span.Kind.CLIENT));
    }

    @Override
    public CallSpan attempt(String name) {
        CallSpan attempt = request(name);
        int before = attempts.getAndIncrement();
        if (before > 0) {
            attempt.put(SpanKeys.RESEND_COUNT, before);
        }
        return attempt;
    }

    private Span.Builder within(String name) {
        return tracer.spanBuilder().setParent(span.context()).name(name);
    }

    private CallSpan begun(Span.Builder builder) {
        return new RecordedSpan(tracer, builder.start());
    }

    @Override
    public void put(String key, String value) {
        if (!isOver.get()) {
            span.tag(key, value);
        }
    }

    @Override
    public void put(String key, long value) {
        if (!isOver.get()) {
            span.tag(key, value);
        }
    }

    @Override
    public void fail(String why) {
        if (!isOver.get()) {
            span.tag(SpanKeys.ERROR_TYPE, why);
            OtelSpan.toOtel(span).setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void end() {
        if (isOver.compareAndSet(false, true)) {
            OtelSpan.toOtel(span).end();
        }
    }

    @Override
    public String toString() {
        return "recorded span";
    }
}
