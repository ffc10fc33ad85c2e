package dev.sallyport.caller;

import dev.sallyport.call.Deadline;
import reactor.core.publisher.Mono;

/** Reads whom a token names. Never an error; waits no longer than the call has time. */
@FunctionalInterface
public interface CallerTokens {
    /** What a token says. */
    sealed interface Outcome {}

    /** It may be trusted, and names this caller. */
    record Subject(String name) implements Outcome {
        @Override
        public String toString() {
            return "subject";
        }
    }

    /** It proves nothing. */
    record Refused(Denial why) implements Outcome {}

    /** Where no issuer is known: none proves anything. */
    CallerTokens NONE = (token, deadline) -> Mono.just(new Refused(Denial.UNREADABLE));

    Mono<Outcome> read(String token, Deadline deadline);
}
