package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.trace.SpanKeys;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelTraceContext;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spans of calls. A trusted caller's trace goes on; any other caller's is named beside a new one, so that both can be found from
 * either, and no caller decides what belongs to whose trace.
 */
final class MicrometerSpans implements CallSpans {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final Tracer tracer;

    MicrometerSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public CallSpan begin(CameIn call) {
        String name = (METHODS.contains(call.method()) ? call.method() : "HTTP") + " " + call.route();
        Span.Builder builder = tracer.spanBuilder().name(name).kind(Span.Kind.SERVER);
        @Nullable Traceparent parent = Traceparent.parse(call.parent());
        if (parent == null) {
            builder.setNoParent();
        } else if (call.isTrusted()) {
            builder.setParent(outside(parent));
        } else {
            builder.setNoParent().addLink(new Link(outside(parent)));
        }
        Span span = builder.start();
        return span.isNoop() ? unrecorded(span.context()) : recorded(span, call);
    }

    @Override
    public CallSpan request(String name) {
        Span span = tracer.spanBuilder()
                .setNoParent()
                .name(name)
                .kind(Span.Kind.CLIENT)
                .start();
        return span.isNoop() ? unrecorded(span.context()) : new RecordedSpan(tracer, span);
    }

    private CallSpan recorded(Span span, CameIn call) {
        span.tag(SpanKeys.METHOD, METHODS.contains(call.method()) ? call.method() : "_OTHER");
        span.tag(SpanKeys.ROUTE, call.route());
        span.tag(SpanKeys.PROTOCOL_VERSION, call.version());
        return new RecordedSpan(tracer, span);
    }

    private static CallSpan unrecorded(TraceContext context) {
        return new UnrecordedSpan(Traceparent.of(context.traceId(), context.spanId(), false));
    }

    /** Micrometer's own way would make it one of this process, whose sampling is followed without asking. */
    private static TraceContext outside(Traceparent parent) {
        TraceFlags flags = parent.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return OtelTraceContext.fromOtel(
                SpanContext.createFromRemoteParent(parent.traceId(), parent.spanId(), flags, TraceState.getDefault()));
    }
}
