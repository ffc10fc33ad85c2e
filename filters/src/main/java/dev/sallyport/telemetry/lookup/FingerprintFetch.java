package dev.sallyport.telemetry.lookup;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.telemetry.lookup.FingerprintLookup.Question;
import reactor.core.publisher.Mono;

/** Sends one lookup to the provider's fingerprinting, and brings back what it says. */
@FunctionalInterface
public interface FingerprintFetch {
    /**
     * Sends it; what comes back was read.
     *
     * @param body JSON
     * @param question what it is about, and who asks
     */
    Mono<Answer> fetch(byte[] body, Question question);
}
