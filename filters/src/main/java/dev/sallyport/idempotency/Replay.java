package dev.sallyport.idempotency;

import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.rejection.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Gives a stored answer again, if its session token still passes: a token lives for minutes, what became of a call is remembered for
 * a day.
 */
final class Replay {
    private static final Map<String, String> MARK = Map.of(Idempotency.REPLAYED, "true");

    private final ReplyReading reading;
    private final Optional<Filter<ReadCall>> tokens;

    /**
     * Replays of one operation.
     *
     * @param tokens the check of session tokens; empty where they are not verified
     */
    Replay(ReplyReading reading, Optional<Filter<ReadCall>> tokens) {
        this.reading = reading;
        this.tokens = tokens;
    }

    /** The answer as it was written; null if it cannot be read. */
    @Nullable
    Answer read(byte[] written) {
        return AnswerForm.read(written, reading);
    }

    Mono<Reply> of(ReadCall call, Answer answer) {
        return tokens.map(door -> door.filter(call, ignored -> Mono.just(answer)))
                .orElseGet(() -> Mono.just(answer))
                .map(Replay::told);
    }

    private static Reply told(Reply reply) {
        if (reply instanceof Answer answer) {
            return answer.withHeaders(Headers.replaced(answer.headers(), Set.of(), MARK));
        }
        var rejection = ((Refusal) reply).rejection();
        return rejection.reason() == Reason.SESSION_TOKEN_REFUSED ? Refusals.notTrusted(rejection.violations()) : reply;
    }
}
