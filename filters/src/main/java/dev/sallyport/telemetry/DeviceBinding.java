package dev.sallyport.telemetry;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Value;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the device that a reply names against the one that was looked up. Where either is not known there is nothing to
 * compare: the provider names a device only if it found one itself. A reply that could not be read may name any.
 */
public final class DeviceBinding {
    private final Operation operation;
    private final @Nullable Field device;
    private final String rule;
    private final ModeSettings mode;
    private final ContractEvents events;

    /**
     * For one operation.
     *
     * @param device where the reply names the visitor id; null if it does not
     * @param rule what violations call it
     */
    public DeviceBinding(
            Operation operation, @Nullable Field device, String rule, ModeSettings mode, ContractEvents events) {
        this.operation = operation;
        this.device = mode.isOff() ? null : device;
        this.rule = rule;
        this.mode = mode;
        this.events = events;
    }

    /** The reply, or the refusal of it. */
    Reply checked(ReadCall call, Reply reply, DeviceFinding finding) {
        @Nullable Violation violation = violation(reply, finding);
        if (violation == null) {
            return reply;
        }
        boolean refused = mode.refuses(call::samplingBucket);
        events.broken(operation, Direction.REPLY, List.of(violation), refused);
        return refused ? refusal(violation, (Answer) reply) : reply;
    }

    private static Refusal refusal(Violation violation, Answer answer) {
        return Refusal.of(Rejection.ofReply(List.of(violation)), answer);
    }

    /** Counts it, whatever the mode: what is merely observed refuses nothing. */
    void reported(Reply reply, DeviceFinding finding) {
        @Nullable Violation violation = violation(reply, finding);
        if (violation != null) {
            events.broken(operation, Direction.REPLY, List.of(violation), false);
        }
    }

    private @Nullable Violation violation(Reply reply, DeviceFinding finding) {
        @Nullable String visitorId = finding.visitorId();
        if (device == null || visitorId == null || !(reply instanceof Answer answer) || answer.isError()) {
            return null;
        }
        @Nullable Value named = answer.content() instanceof Document document ? document.value(device.slot()) : null;
        if (named != null && (!named.isPresent() || named.text().equals(visitorId))) {
            return null;
        }
        String promised = "catalog.yml#/operations/" + operation.id() + "/device";
        return new Violation(device.pointer(), rule, promised, "must be the device that was looked up", null);
    }

    /** What is held against what, and how strictly; empty if nothing is. */
    @Override
    public String toString() {
        return device == null ? "" : ", " + rule + "=" + mode;
    }
}
