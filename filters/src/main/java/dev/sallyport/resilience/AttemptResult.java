package dev.sallyport.resilience;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import java.util.Locale;

/** What became of one attempt at a call. */
public enum AttemptResult {
    /** The provider did what it was asked. */
    OK,
    /** The provider says that the call is wrong. */
    CLIENT_ERROR,
    /** The provider says that it has had too many. */
    RATE_LIMITED,
    /** The provider says that it failed. */
    SERVER_ERROR,
    /** The provider answered with what is neither a success nor an error, in a form that is in doubt, or with 408 or 499. */
    NO_ANSWER,
    /** No connection could be made, so nothing left. */
    UNREACHABLE,
    /** The connection broke after something had left. */
    BROKE_OFF,
    /** The gateway itself held it back: no connection was free, or a limit or a breaker said no. */
    HELD_BACK,
    /** The call's time was over. */
    TIMED_OUT,
    /** The caller left. */
    CALLER_LEFT,
    /** A bug of the gateway's. */
    BUG;

    private static final int TOO_MANY = 429;

    /** What an attempt ended with. */
    static AttemptResult of(Reply reply) {
        return reply instanceof Answer answer ? of(answer.status()) : of((Refusal) reply);
    }

    private static AttemptResult of(int status) {
        if (status >= 200 && status < 300) {
            return OK;
        }
        if (status >= 500 && status < 600) {
            return SERVER_ERROR;
        }
        return status == TOO_MANY ? RATE_LIMITED : Answer.isWithoutEffect(status) ? CLIENT_ERROR : NO_ANSWER;
    }

    private static AttemptResult of(Refusal refusal) {
        Reason reason = refusal.rejection().reason();
        if (reason == Reason.PROVIDER_UNREACHABLE) {
            return refusal.timing().sent() == 0 ? UNREACHABLE : BROKE_OFF;
        }
        return reason == Reason.REPLY_BREAKS_CONTRACT ? NO_ANSWER : HELD_BACK;
    }

    /** As a metric label says it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
