package dev.sallyport.capture.replay;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.capture.replay.RecordedCall.Form;
import dev.sallyport.capture.replay.RecordedCall.Said;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a pack what it would refuse of a recorded call, were every contract enforced. Thread-safe. */
public final class Replay {
    private final ContractCatalog catalog;

    /** Replays against a pack. */
    public Replay(ContractCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Something that breaks a contract.
     *
     * @param pointer where the contract says so
     * @param mode whether it would be refused, or only counted because the pack says so of the rule
     */
    public record Finding(Direction direction, String keyword, String pointer, Mode mode) {}

    /**
     * What would become of a call.
     *
     * @param findings what breaks a contract; none if it would pass unnoticed
     * @param undecided violations that may be due to masking alone, and so are none
     */
    public record Verdict(List<Finding> findings, int undecided) {
        public Verdict {
            findings = List.copyOf(findings);
        }

        /** Whether it would be refused. */
        public boolean isRefused() {
            return findings.stream().anyMatch(finding -> finding.mode() == Mode.ENFORCE);
        }
    }

    /** A document with stand-ins, read, and who judges what was found in it. */
    private record Side(Document document, Certainty certainty) {}

    /** The verdict on one call. */
    public Verdict of(RecordedCall call) throws UnreadableLine {
        Optional<Contract> contract = catalog.contract(call.operation());
        if (contract.isEmpty()) {
            return new Verdict(
                    List.of(new Finding(Direction.REQUEST, "operation", "catalog.yml#/operations", Mode.ENFORCE)), 0);
        }
        return new Asking(contract.get()).verdict(call);
    }

    /** One call, asked about. */
    private final class Asking {
        private final Contract contract;
        private final List<Finding> findings = new ArrayList<>();
        private int undecided;

        Asking(Contract contract) {
            this.contract = contract;
        }

        Verdict verdict(RecordedCall call) throws UnreadableLine {
            @Nullable Side request = request(call.request());
            if (request != null) {
                weigh(Direction.REQUEST, request, contract.requestViolations(request.document()), true, Mode.ENFORCE);
                weigh(Direction.REQUEST, request, contract.requestReports(request.document()), true, Mode.REPORT);
            }
            boolean rulesApply = request == null
                    ? call.request().form() != Form.UNREADABLE
                    : request.certainty().knowsWhatRulesAsk();
            if (call.reply().form() != Form.NOTHING && call.status() < 400) {
                reply(call, request, rulesApply);
            }
            return new Verdict(findings, undecided);
        }

        private @Nullable Side request(Said said) throws UnreadableLine {
            if (said.form() == Form.UNREADABLE) {
                find(Direction.REQUEST, contract.operation().hasBody() ? "json" : "query");
            }
            if (said.form() == Form.QUERY && contract.operation().query() == Query.REFUSE) {
                findings.add(new Finding(
                        Direction.REQUEST, "query", contract.operation().queryPlace(), Mode.ENFORCE));
            }
            if (said.document() == null || !contract.readsRequests()) {
                return null;
            }
            var placeholders = new Placeholders(said.document());
            byte[] body = said.form() == Form.QUERY ? placeholders.query() : placeholders.json();
            var metadata = contract.metadata();
            return side(
                    Direction.REQUEST,
                    contract.readRequest(body),
                    placeholders,
                    metadata.request().members(),
                    metadata.request().asked());
        }

        private void reply(RecordedCall call, @Nullable Side request, boolean rulesApply) throws UnreadableLine {
            Said said = call.reply();
            if (!contract.replyForm().isSuccess(call.status())) {
                find(Direction.REPLY, "status");
            } else if (said.document() == null) {
                find(Direction.REPLY, "json");
            } else {
                var placeholders = new Placeholders(said.document());
                var metadata = contract.metadata();
                @Nullable
                Side reply = side(
                        Direction.REPLY,
                        contract.readReply(placeholders.json()),
                        placeholders,
                        metadata.reply().members(),
                        metadata.reply().asked());
                if (reply != null) {
                    var facts = new Facts(
                            request == null ? null : request.document(), reply.document(), null, call.status(), null);
                    weigh(Direction.REPLY, reply, contract.replyViolations(facts), rulesApply, Mode.ENFORCE);
                    weigh(Direction.REPLY, reply, ofShapes(contract.tokenViolations(facts)), rulesApply, Mode.ENFORCE);
                    weigh(Direction.REPLY, reply, contract.replyReports(facts), rulesApply, Mode.REPORT);
                    weigh(Direction.REPLY, reply, ofShapes(contract.tokenReports(facts)), rulesApply, Mode.REPORT);
                }
            }
        }

        private @Nullable Side side(
                Direction direction,
                Reading reading,
                Placeholders placeholders,
                KnownMembers members,
                Set<String> asked) {
            if (reading instanceof Document document) {
                return new Side(document, new Certainty(placeholders.marks(), members, asked, isLibrarys(direction)));
            }
            find(direction, "json"); // nests deeper than is allowed now
            return null;
        }

        private boolean isLibrarys(Direction direction) {
            String file = contract.operation().id() + (direction == Direction.REQUEST ? "/request" : "/reply");
            return catalog.leftToLibrary().containsKey(file + ".schema.json");
        }

        private void weigh(Direction direction, Side side, List<Violation> violations, boolean rulesApply, Mode mode) {
            for (Violation violation : violations) {
                boolean rule = violation.contractPointer().startsWith("catalog.yml#/rules/");
                if (side.certainty().of(violation) && (!rule || (rulesApply && isOfShapes(violation)))) {
                    findings.add(new Finding(direction, violation.keyword(), violation.contractPointer(), mode));
                } else {
                    undecided++;
                }
            }
        }

        /** A binding that needs a verified token is not asked at all. */
        private List<Violation> ofShapes(List<Violation> bindings) {
            return bindings.stream().filter(this::isOfShapes).toList();
        }

        private boolean isOfShapes(Violation ofRule) {
            return !contract.metadata().rulesOfValues().contains(ofRule.keyword());
        }

        private void find(Direction direction, String keyword) {
            String side = direction == Direction.REQUEST ? "request" : "reply";
            findings.add(new Finding(
                    direction, keyword, contract.operation().id() + "#" + side + "/" + keyword, Mode.ENFORCE));
        }
    }
}
