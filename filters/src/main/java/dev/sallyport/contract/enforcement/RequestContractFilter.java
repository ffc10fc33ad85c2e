package dev.sallyport.contract.enforcement;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * First door: refuses a request that departs from its operation's contract, naming every departure.
 */
public final class RequestContractFilter implements Filter<ReadCall> {
    private static final int SHOWN_IN_MESSAGE = 3;
    private static final String QUERY = "query";

    private final Contract contract;
    private final ContractEnforcement enforcement;
    private final Violation query;

    /** The first door of an operation. */
    public RequestContractFilter(Contract contract, ContractEnforcement enforcement) {
        this.contract = contract;
        this.enforcement = enforcement;
        this.query = new Violation("", QUERY, contract.operation().queryPlace(), "must come without a query", null);
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        List<Violation> refusing = enforcement.refusing(call, Facts.of(call.document()), violations(call));
        return refusing.isEmpty() ? next.send(call) : Mono.just(new Refusal(broken(contract.named(refusing))));
    }

    /** A query that no contract knows of is a violation as well: the provider may read what is in it. */
    private List<Violation> violations(ReadCall call) {
        if (!contract.operation().refusesQueryOf(call.call().target())) {
            return call.document().violations();
        }
        List<Violation> all = new ArrayList<>(call.document().violations());
        all.add(query);
        return all;
    }

    private Rejection broken(List<Violation> violations) {
        String shown = violations.stream()
                .limit(SHOWN_IN_MESSAGE)
                .map(violation -> place(violation) + " " + violation.message())
                .collect(Collectors.joining("; "));
        int more = violations.size() - SHOWN_IN_MESSAGE;
        String tail = more > 0 ? "; and " + more + " more." : ".";
        String message =
                "The request breaks the contract of " + contract.operation().id() + ": " + shown + tail;
        return Rejection.of(Reason.REQUEST_BREAKS_CONTRACT, message, violations);
    }

    private String place(Violation violation) {
        if (violation.at().isEmpty() && violation.keyword().equals(QUERY)) {
            return "the request";
        }
        return violation.at().isEmpty() ? "the " + whole() : violation.at();
    }

    /** What the contract is about, in a word. */
    private String whole() {
        return contract.operation().hasBody() ? "body" : "query";
    }

    @Override
    public String toString() {
        return "requestContract(" + enforcement + ")";
    }
}
