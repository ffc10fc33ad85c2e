package dev.sallyport.contract;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.form.ReplyForm;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.SchemaObserver;
import dev.sallyport.json.QueryText;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one operation promises, compiled. Thread-safe. */
public final class Contract {
    private final Operation operation;
    private final RequestContract request;
    private final ReplyContract reply;
    private final @Nullable TokenContract sessionToken;
    private final ContractMetadata metadata;

    /**
     * The contract of one operation.
     *
     * @param sessionToken null if replies carry none
     */
    public Contract(
            Operation operation,
            RequestContract request,
            ReplyContract reply,
            @Nullable TokenContract sessionToken,
            ContractMetadata metadata) {
        this.operation = operation;
        this.request = request;
        this.reply = reply;
        this.sessionToken = sessionToken;
        this.metadata = metadata;
    }

    public Operation operation() {
        return operation;
    }

    /** Whether requests are read: those with a body, and queries that have a schema. */
    public boolean readsRequests() {
        return operation.hasBody() || request.readsQuery();
    }

    /** Whether there is anything about a request to check; of some it is only that there is no query. */
    public boolean checksRequests() {
        return readsRequests() || operation.query() == Query.REFUSE;
    }

    /** Reads what a call asks: its body, or its query if the operation takes no body. */
    public Reading readRequest(Call call) {
        return readRequest(operation.hasBody() ? call.body() : QueryText.of(call.target()));
    }

    /** Reads a request body, or a query as it was written; the schema's violations are in what comes back. */
    public Reading readRequest(byte[] bodyOrQuery) {
        return request.schema().read(bodyOrQuery);
    }

    /** Reads a reply body. */
    public Reading readReply(byte[] body) {
        return reply.schema().read(body);
    }

    /** Reads a reply body and tells an observer what the provider does beside its schema. */
    public SchemaCheck repliesObservedBy(SchemaObserver observer) {
        return reply.schema().observedBy(observer);
    }

    public List<Rule> requestRules() {
        return request.rules();
    }

    public List<Rule> replyRules() {
        return reply.rules();
    }

    /** Rules that hold a reply against the call, so that no reply reaches another caller. */
    public List<Rule> identityRules() {
        return reply.identityRules();
    }

    /** What replies look like before their schema is asked. */
    public ReplyForm replyForm() {
        return reply.form();
    }

    /**
     * Every violation for which a request is refused unless settings say otherwise: the schema's and the rules'. Rules are
     * about members, so they say nothing of what is no object.
     */
    public List<Violation> requestViolations(Document document) {
        List<Rule> rules = document.isObject() ? request.rules() : List.of();
        return named(broken(document.violations(), rules, Facts.of(document), Mode.ENFORCE));
    }

    /** Rules that a request breaks and that are only counted unless settings say otherwise. */
    public List<Violation> requestReports(Document document) {
        List<Rule> rules = document.isObject() ? request.rules() : List.of();
        return broken(List.of(), rules, Facts.of(document), Mode.REPORT);
    }

    /** Every violation for which a reply is refused unless settings say otherwise. */
    public List<Violation> replyViolations(Facts facts) {
        List<Violation> schema =
                facts.reply() == null ? List.of() : facts.reply().violations();
        return broken(broken(schema, reply.rules(), facts, Mode.ENFORCE), reply.identityRules(), facts, Mode.ENFORCE);
    }

    /** Rules that a reply breaks and that are only counted unless settings say otherwise. */
    public List<Violation> replyReports(Facts facts) {
        return broken(broken(List.of(), reply.rules(), facts, Mode.REPORT), reply.identityRules(), facts, Mode.REPORT);
    }

    /** Bindings of the session token that do not hold, unless settings say otherwise. */
    public List<Violation> tokenViolations(Facts facts) {
        return sessionToken == null ? List.of() : broken(List.of(), sessionToken.bindings(), facts, Mode.ENFORCE);
    }

    /** Bindings of the session token that do not hold and are only counted unless settings say otherwise. */
    public List<Violation> tokenReports(Facts facts) {
        return sessionToken == null ? List.of() : broken(List.of(), sessionToken.bindings(), facts, Mode.REPORT);
    }

    /** The violations of a request, with the provider's own error types. */
    public List<Violation> named(List<Violation> violations) {
        return violations.isEmpty()
                ? violations
                : violations.stream().map(this::named).toList();
    }

    /** What is known of the operation's documents without a value. */
    public ContractMetadata metadata() {
        return metadata;
    }

    /** How calls behave when they go wrong. */
    public Conduct conduct() {
        return metadata.conduct();
    }

    /** Where the request has its telemetry id, if the operation takes one. */
    public Optional<Field> telemetry() {
        return Optional.ofNullable(request.telemetry());
    }

    /** Where the request names its organization, if the operation takes one. */
    public Optional<OrganizationPlace> organization() {
        return Optional.ofNullable(request.organization());
    }

    /** Where the reply has the visitor id of the device, if it names one. */
    public Optional<Field> device() {
        return Optional.ofNullable(reply.device());
    }

    /** What an auditor is told of its calls, if anything. */
    public Optional<AuditContract> audit() {
        return Optional.ofNullable(metadata.audit());
    }

    public Optional<TokenContract> sessionToken() {
        return Optional.ofNullable(sessionToken);
    }

    private Violation named(Violation violation) {
        return violation.errorType() != null
                ? violation
                : violation.withErrorType(request.errorTypes().get(violation.at()));
    }

    private static List<Violation> broken(List<Violation> schema, List<Rule> rules, Facts facts, Mode mode) {
        @Nullable List<Violation> all = null;
        for (Rule rule : rules) {
            Violation violation = rule.defaultMode() == mode ? rule.check(facts) : null;
            if (violation != null) {
                all = all == null ? new ArrayList<>(schema) : all;
                all.add(violation);
            }
        }
        return all == null ? schema : all;
    }
}
