package dev.sallyport.telemetry.lookup;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Value;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.json.MemberInjection;
import dev.sallyport.json.Trees;
import dev.sallyport.rejection.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the provider's answer to a lookup says, read under a contract of its own. Pure, but for counting what is broken. */
public final class LookupReply {
    private static final int MOST_REASONS = 50;

    private final LookupContract contract;
    private final MemberInjection question;
    private final ContractEvents events;

    /** Answers to the lookup of a contract pack. */
    public LookupReply(LookupContract contract, ContractEvents events) {
        this.contract = contract;
        this.question = new MemberInjection(contract.telemetryId().name());
        this.events = events;
    }

    /** The body that asks about a device. */
    byte[] question(String telemetryId) {
        return question.into("{}".getBytes(StandardCharsets.UTF_8), telemetryId);
    }

    /**
     * What was found.
     *
     * @param asked the body that was sent: an answer about another device is none
     */
    DeviceFinding read(Answer answer, byte[] asked) {
        if (answer.status() == 429) {
            return DeviceFinding.of(LookupOutcome.RATE_LIMITED).because(LookupFailed.with(429));
        }
        if (answer.status() == 404 && isNotFound(answer.body())) {
            return DeviceFinding.of(LookupOutcome.NOT_FOUND);
        }
        if (answer.isError()) {
            return DeviceFinding.of(LookupOutcome.UNAVAILABLE).because(LookupFailed.with(answer.status()));
        }
        return answer.status() == 200 ? verdict(answer, asked) : broken(LookupFailed.with(answer.status()));
    }

    private DeviceFinding verdict(Answer answer, byte[] asked) {
        if (!(answer.content() instanceof Document reply)
                || !(contract.contract().readRequest(asked) instanceof Document request)) {
            return broken(new LookupFailed("not as its contract has it"));
        }
        var facts = new Facts(request, reply, null, answer.status(), null);
        List<Violation> violations = contract.contract().replyViolations(facts);
        if (!violations.isEmpty()) {
            events.broken(contract.contract().operation(), Direction.REPLY, violations, true);
            return broken(
                    new LookupFailed("breaks its contract: " + violations.get(0).contractPointer()));
        }
        return finding(reply);
    }

    private static DeviceFinding broken(LookupFailed how) {
        return DeviceFinding.of(LookupOutcome.INVALID_REPLY).because(how);
    }

    private DeviceFinding finding(Document reply) {
        @Nullable
        LookupOutcome outcome =
                outcome(reply.value(contract.finding().verdict().slot()).text());
        if (outcome == null) {
            return broken(new LookupFailed("an unknown verdict"));
        }
        Value visitor = reply.value(contract.finding().visitorId().slot());
        return new DeviceFinding(
                outcome,
                reasons(reply.value(contract.finding().reasons().slot())),
                visitor.isPresent() ? visitor.text() : null);
    }

    private static @Nullable LookupOutcome outcome(String verdict) {
        return switch (verdict) {
            case "ALLOW" -> LookupOutcome.ALLOW;
            case "CHALLENGE" -> LookupOutcome.CHALLENGE;
            case "BLOCK" -> LookupOutcome.BLOCK;
            default -> null;
        };
    }

    private static List<String> reasons(Value list) {
        if (list.kind() != Value.Kind.ARRAY || list.jsonLength() <= 2) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        for (JsonNode reason : Trees.approximate(list.json())) {
            if (reason.isString() && reasons.size() < MOST_REASONS) {
                reasons.add(reason.stringValue());
            }
        }
        return reasons;
    }

    /** A 404 may come from a wrong address as well; only the provider's own word for it says that the id is not known. */
    private boolean isNotFound(byte[] body) {
        try {
            var unknown = contract.unknownDevice();
            return Trees.approximate(body)
                    .at(unknown.errorTypeAt())
                    .asString("")
                    .equals(unknown.errorType());
        } catch (JacksonException notJson) {
            return false;
        }
    }
}
