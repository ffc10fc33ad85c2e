package dev.sallyport.telemetry.lookup;

import reactor.core.publisher.Mono;

/** Asks about a device. */
@FunctionalInterface
public interface FingerprintLookup {
    /** What is found; one value always, never an error, within the lookup's own timeout. */
    Mono<DeviceFinding> find(Question question);

    /**
     * One device, and who asks. Never printed: both are secrets.
     *
     * @param authorization the caller's own credentials, with which the provider is asked
     */
    record Question(String telemetryId, String authorization) {
        @Override
        public String toString() {
            return "Question";
        }
    }
}
