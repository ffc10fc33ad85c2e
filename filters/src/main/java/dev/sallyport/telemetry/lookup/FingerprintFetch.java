package dev.sallyport.telemetry.lookup;

import dev.sallyport.call.Reply.Answer;
import reactor.core.publisher.Mono;

/** Sends one lookup to the provider's fingerprinting, and brings back what it says. */
@FunctionalInterface
public interface FingerprintFetch {
    /**
     * Sends it; what comes back was read.
     *
     * @param body JSON
     * @param authorization the value of the header
     */
    Mono<Answer> fetch(byte[] body, String authorization);
}
