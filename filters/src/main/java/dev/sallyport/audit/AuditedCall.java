package dev.sallyport.audit;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Value;
import dev.sallyport.contract.AuditContract;
import dev.sallyport.contract.AuditContract.Action;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Facts.Source;
import org.jspecify.annotations.Nullable;

/**
 * A call that was to make or to revoke a session, and is over. Not printed: it holds the call.
 *
 * @param reply what its caller is told; null if it was given up before there was anything to tell
 */
public record AuditedCall(
        ReadCall call, AuditContract contract, @Nullable Reply reply) {
    /** Whether the provider did what it was asked, and the gateway let its answer pass. */
    public boolean isDone() {
        return reply instanceof Answer answer && answer.isSuccess();
    }

    /** Whether there is nothing to tell: the call was right, and made no session because it asked for none. */
    public boolean isWithoutSession() {
        return isDone()
                && contract.action() == Action.MAKE_SESSION
                && !session().isPresent();
    }

    /** The id of the session; missing if nothing that passed names it. */
    public Value session() {
        return value(contract.session());
    }

    /** The organization, as the provider's answer names it. */
    public Value organization() {
        return value(contract.organization());
    }

    /** Of a reply, only if it passed: what was refused is not believed. */
    private Value value(@Nullable Field field) {
        if (field == null) {
            return Value.MISSING;
        }
        if (field.source() == Source.REQUEST) {
            return call.document().value(field.slot());
        }
        return isDone() && reply instanceof Answer answer && answer.content() instanceof Document read
                ? read.value(field.slot())
                : Value.MISSING;
    }

    @Override
    public String toString() {
        return call.operation();
    }
}
