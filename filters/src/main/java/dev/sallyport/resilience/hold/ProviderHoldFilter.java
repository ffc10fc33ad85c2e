package dev.sallyport.resilience.hold;

import dev.sallyport.call.CredentialKey;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.relay.Instead;
import dev.sallyport.resilience.RetryAfter;
import dev.sallyport.resilience.hold.ProviderHolds.Held;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Refuses calls that the provider limits, for as long as it said or for a moment. Of its 429s those count that the pack knows as
 * "not carried out": others, such as that of a user who is locked out, limit nothing. It stands around all attempts at a call, so
 * that one that was repeated counts once. Of no call the credentials are looked at unless there was such a 429 not long ago.
 */
public final class ProviderHoldFilter implements Filter<ReadCall> {
    private static final int TOO_MANY = 429;
    private static final int FIRST_FAILURE = 500;

    private final Contract contract;
    private final ProviderHolds holds;
    private final ProviderHoldEvents events;
    private final InstantSource clock;

    /**
     * For one operation.
     *
     * @param holds shared by all operations
     * @param clock what dates are compared with
     */
    public ProviderHoldFilter(Contract contract, ProviderHolds holds, ProviderHoldEvents events, InstantSource clock) {
        this.contract = contract;
        this.holds = holds;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable Held held = holds.areAny() ? held(call) : null;
        if (held != null) {
            Duration left = holds.left(held);
            if (!left.isZero()) {
                events.heldBack(call.operation());
                return Mono.just(new Refusal(refused(left)));
            }
        }
        return Instead.of(next.send(call), reply -> {
            if (reply instanceof Answer answer) {
                learn(answer, call);
            }
            return null;
        });
    }

    private void learn(Answer answer, ReadCall call) {
        boolean isLimited = isLimited(answer);
        @Nullable Held held = isLimited || holds.areAny() ? held(call) : null;
        if (held == null) {
            return;
        }
        if (isLimited) {
            String said = answer.headers().first("retry-after");
            Duration begun = holds.limited(held, RetryAfter.parse(said, clock.instant()));
            if (!begun.isZero()) {
                events.holdBegan(call.operation(), begun);
            }
        } else if (answer.status() < FIRST_FAILURE) {
            holds.passed(held);
        }
    }

    private boolean isLimited(Answer answer) {
        return answer.status() == TOO_MANY
                && contract.conduct()
                        .isNotCarriedOut(TOO_MANY, contract.replyForm().errorType(answer.body()));
    }

    /** Null for a call without credentials, which share nothing that could be told. */
    private static @Nullable Held held(ReadCall call) {
        @Nullable String project = call.project();
        @Nullable String identity = call.call().identity();
        return project == null || identity == null
                ? null
                : new Held(call.operation(), CredentialKey.of(project, identity));
    }

    /** SDKs do not show headers, so the message says as well when to come back. */
    private static Rejection refused(Duration left) {
        long seconds = left.plusNanos(999_999_999).toSeconds();
        String message =
                "Too many calls: the provider limits calls with these credentials. The call was not made. Try again in "
                        + seconds + (seconds == 1 ? " second." : " seconds.");
        return Rejection.retryLater(Reason.RATE_LIMITED, message, Duration.ofSeconds(seconds));
    }

    @Override
    public String toString() {
        return "providerHold";
    }
}
