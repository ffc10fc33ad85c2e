package dev.sallyport.gateway.management.meters;

import dev.sallyport.contract.Operation;
import dev.sallyport.token.TokenEvents;
import dev.sallyport.token.TokenFault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What became of session tokens in replies, as counters that are there from the start. Thread-safe. */
public final class TokenMeters implements TokenEvents {
    private static final String VERIFIED = "verified";
    private static final String NO_TOKEN = "none";
    private static final String KEYS_UNAVAILABLE = "keys_unavailable";

    private final Map<String, Counter> tokens = new HashMap<>();

    /** Counters in a registry. */
    public TokenMeters(MeterRegistry registry) {
        Stream<String> faults = Stream.of(TokenFault.values()).map(TokenFault::label);
        Stream.concat(Stream.of(VERIFIED, NO_TOKEN, KEYS_UNAVAILABLE), faults)
                .forEach(result -> tokens.put(result, counter(registry, result)));
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("sallyport.session.tokens")
                .description("Session tokens in replies, by what became of them")
                .tags("result", result)
                .register(registry);
    }

    @Override
    public void verified(Operation operation) {
        token(VERIFIED);
    }

    @Override
    public void none(Operation operation) {
        token(NO_TOKEN);
    }

    @Override
    public void refused(Operation operation, TokenFault fault) {
        token(fault.label());
    }

    @Override
    public void keysUnavailable(Operation operation) {
        token(KEYS_UNAVAILABLE);
    }

    private void token(String result) {
        Objects.requireNonNull(tokens.get(result)).increment();
    }
}
