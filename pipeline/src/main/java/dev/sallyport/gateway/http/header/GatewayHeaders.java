package dev.sallyport.gateway.http.header;

import dev.sallyport.config.Settings;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.kept.KeptReply;
import dev.sallyport.ratelimit.RateLimitFields;
import dev.sallyport.resilience.RetryFilter;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The header fields that only the gateway writes. Those of a caller or a provider by these names end at its edge. */
public final class GatewayHeaders {
    /** The reason of a refusal. */
    public static final String REJECTION = "Sallyport-Rejection";

    public static final String SERVER_TIMING = "Server-Timing";

    /**
     * Which trace a call belongs to (W3C Trace Context and Baggage): the gateway says so itself. What a caller's systems note about a
     * call for each other is not the provider's to know.
     */
    public static final Set<String> TRACE = Set.of("traceparent", "tracestate", "baggage");

    private GatewayHeaders() {}

    /** Their names in lower case, with dashes for underscores, as {@link EndToEnd} compares them. */
    public static Set<String> of(Settings settings) {
        Stream<String> timing = settings.serverTiming() ? Stream.of(SERVER_TIMING) : Stream.empty();
        Stream<String> trace = settings.tracing().enabled() ? TRACE.stream() : Stream.empty();
        Stream<String> results = settings.telemetry().results().headers().stream();
        Stream<String> replayed = settings.idempotency().isOn() ? Stream.of(Idempotency.REPLAYED) : Stream.empty();
        Stream<String> kept = settings.keptReplies().givesAny() ? Stream.of(KeptReply.HEADER) : Stream.empty();
        Stream<String> limits = settings.rateLimits().limits().isEmpty()
                ? Stream.empty()
                : RateLimitFields.names(settings.rateLimits().headers()).stream();
        return Stream.of(Stream.of(REJECTION, RetryFilter.CONCLUDED), timing, trace, results, replayed, kept, limits)
                .flatMap(names -> names)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toUnmodifiableSet());
    }
}
