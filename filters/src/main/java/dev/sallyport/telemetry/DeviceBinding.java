package dev.sallyport.telemetry;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Value;
import dev.sallyport.config.Mode;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Facts.Field;
import dev.sallyport.contract.Operation;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the device that a reply names against the one that was looked up. Where either is not known there is nothing to
 * compare: the provider names a device only if it found one itself.
 */
public final class DeviceBinding {
    /** What violations of it call themselves. */
    public static final String RULE = "device-is-looked-up";

    private final Operation operation;
    private final @Nullable Field device;
    private final Mode mode;
    private final ContractEvents events;

    /**
     * For one operation.
     *
     * @param device where the reply names the visitor id; null if it does not
     */
    public DeviceBinding(Operation operation, @Nullable Field device, Mode mode, ContractEvents events) {
        this.operation = operation;
        this.device = mode == Mode.OFF ? null : device;
        this.mode = mode;
        this.events = events;
    }

    /** The reply, or the refusal of it. */
    Reply checked(Reply reply, Finding finding) {
        boolean refused = mode == Mode.ENFORCE;
        @Nullable Violation violation = told(reply, finding, refused);
        if (violation == null || !refused) {
            return reply;
        }
        String message = "The provider's reply breaks its contract, so it was not passed on.";
        var rejection = Rejection.of(Reason.REPLY_BREAKS_CONTRACT, message, List.of(violation));
        return new Refusal(rejection, reply.timing());
    }

    /** Counts it, whatever the mode: what is merely observed refuses nothing. */
    void reported(Reply reply, Finding finding) {
        told(reply, finding, false);
    }

    private @Nullable Violation told(Reply reply, Finding finding, boolean refused) {
        @Nullable Document document = reply instanceof Answer answer && answer.isSuccess() ? answer.document() : null;
        @Nullable Violation violation = document == null ? null : violation(document, finding.visitorId());
        if (violation != null) {
            events.broken(operation, Direction.REPLY, List.of(violation), refused);
        }
        return violation;
    }

    private @Nullable Violation violation(Document reply, @Nullable String visitorId) {
        if (device == null || visitorId == null) {
            return null;
        }
        Value named = reply.value(device.slot());
        if (!named.isPresent() || named.text().equals(visitorId)) {
            return null;
        }
        String promised = "catalog.yml#/operations/" + operation.id() + "/device";
        return new Violation(device.pointer(), RULE, promised, "must be the device that was looked up", null);
    }
}
