package dev.sallyport.tools.openapi.pack;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.rejection.Violation;
import dev.sallyport.tools.openapi.pack.PackDraft.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a contract accepts an example of the document. */
final class ExampleTrial {
    private final ContractCatalog catalog;

    ExampleTrial(ContractCatalog catalog) {
        this.catalog = catalog;
    }

    /** Why not; empty if it does. In places and keywords, never in values. */
    Optional<String> refusal(Candidate candidate) {
        Contract contract = catalog.contract(candidate.operation().id()).orElseThrow();
        boolean isRequest = candidate.direction() == Direction.REQUEST;
        byte[] bytes = PackText.bytes(candidate);
        Reading reading = isRequest ? contract.readRequest(bytes) : contract.readReply(bytes);
        if (reading instanceof Unreadable unreadable) {
            return Optional.of("it " + unreadable.what());
        }
        var document = (Document) reading;
        List<Violation> violations = isRequest
                ? contract.requestViolations(document)
                : contract.replyViolations(new Facts(null, document, null));
        return violations.isEmpty() ? Optional.empty() : Optional.of(shown(violations));
    }

    private static String shown(List<Violation> violations) {
        return violations.stream()
                .map(violation -> (violation.at().isEmpty() ? "the whole" : violation.at()) + " " + violation.message())
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
