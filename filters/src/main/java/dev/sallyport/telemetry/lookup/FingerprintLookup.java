package dev.sallyport.telemetry.lookup;

import dev.sallyport.call.CallSpan;
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
     * @param span of the call that asks
     */
    record Question(String telemetryId, String authorization, CallSpan span) {
        /** Of a call that is not traced. */
        public Question(String telemetryId, String authorization) {
            this(telemetryId, authorization, CallSpan.NONE);
        }

        @Override
        public String toString() {
            return "Question";
        }
    }
}
