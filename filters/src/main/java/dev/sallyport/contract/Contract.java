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
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.contract.schema.SchemaObserver;
import dev.sallyport.json.QueryText;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one operation promises, compiled. Thread-safe. */
public final class Contract {
    private final Operation operation;
    private final SchemaCheck request;
    private final boolean readsQuery;
    private final SchemaCheck reply;
    private final List<Rule> requestRules;
    private final List<Rule> replyRules;
    private final List<Rule> identityRules;
    private final ReplyForm replyForm;
    private final Map<String, String> errorTypes;
    private final @Nullable Field telemetry;
    private final @Nullable Field device;
    private final @Nullable TokenContract sessionToken;
    private final List<SchemaNode> schemas;
    private final ContractMetadata metadata;

    public Contract(
            Operation operation,
            SchemaCheck request,
            boolean readsQuery,
            SchemaCheck reply,
            List<Rule> requestRules,
            List<Rule> replyRules,
            List<Rule> identityRules,
            ReplyForm replyForm,
            Map<String, String> errorTypes,
            @Nullable Field telemetry,
            @Nullable Field device,
            @Nullable TokenContract sessionToken,
            List<SchemaNode> schemas,
            ContractMetadata metadata) {
        this.operation = operation;
        this.request = request;
        this.readsQuery = readsQuery;
        this.reply = reply;
        this.requestRules = requestRules;
        this.replyRules = replyRules;
        this.identityRules = identityRules;
        this.replyForm = replyForm;
        this.errorTypes = errorTypes;
        this.telemetry = telemetry;
        this.device = device;
        this.sessionToken = sessionToken;
        this.schemas = schemas;
        this.metadata = metadata;
    }

    public Operation operation() {
        return operation;
    }

    /** Whether requests are read: those with a body, and queries that have a schema. */
    public boolean readsRequests() {
        return operation.hasBody() || readsQuery;
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
        return request.read(bodyOrQuery);
    }

    /** Reads a reply body. */
    public Reading readReply(byte[] body) {
        return reply.read(body);
    }

    /** Reads a reply body and tells an observer what the provider does beside its schema. */
    public SchemaCheck repliesObservedBy(SchemaObserver observer) {
        return reply.observedBy(observer);
    }

    public List<Rule> requestRules() {
        return requestRules;
    }

    public List<Rule> replyRules() {
        return replyRules;
    }

    /** Rules that hold a reply against the call, so that no reply reaches another caller. */
    public List<Rule> identityRules() {
        return identityRules;
    }

    /** What replies look like before their schema is asked. */
    public ReplyForm replyForm() {
        return replyForm;
    }

    /** The schemas of the pack, each at its number. */
    public List<SchemaNode> schemas() {
        return schemas;
    }

    /**
     * Every violation for which a request is refused unless settings say otherwise: the schema's and the rules'. Rules are
     * about members, so they say nothing of what is no object.
     */
    public List<Violation> requestViolations(Document document) {
        List<Rule> rules = document.isObject() ? requestRules : List.of();
        return named(broken(document.violations(), rules, Facts.of(document), Mode.ENFORCE));
    }

    /** Rules that a request breaks and that are only counted unless settings say otherwise. */
    public List<Violation> requestReports(Document document) {
        List<Rule> rules = document.isObject() ? requestRules : List.of();
        return broken(List.of(), rules, Facts.of(document), Mode.REPORT);
    }

    /** Every violation for which a reply is refused unless settings say otherwise. */
    public List<Violation> replyViolations(Facts facts) {
        List<Violation> schema =
                facts.reply() == null ? List.of() : facts.reply().violations();
        return broken(broken(schema, replyRules, facts, Mode.ENFORCE), identityRules, facts, Mode.ENFORCE);
    }

    /** Rules that a reply breaks and that are only counted unless settings say otherwise. */
    public List<Violation> replyReports(Facts facts) {
        return broken(broken(List.of(), replyRules, facts, Mode.REPORT), identityRules, facts, Mode.REPORT);
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

    /** Where the request has its telemetry id, if the operation takes one. */
    public Optional<Field> telemetry() {
        return Optional.ofNullable(telemetry);
    }

    /** Where the reply has the visitor id of the device, if it names one. */
    public Optional<Field> device() {
        return Optional.ofNullable(device);
    }

    public Optional<TokenContract> sessionToken() {
        return Optional.ofNullable(sessionToken);
    }

    private Violation named(Violation violation) {
        return violation.errorType() != null ? violation : violation.withErrorType(errorTypes.get(violation.at()));
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
