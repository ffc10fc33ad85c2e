package dev.sallyport.contract.pack;

import dev.sallyport.contract.AuditContract;
import dev.sallyport.contract.Conduct;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractMetadata;
import dev.sallyport.contract.ContractMetadata.DocumentMetadata;
import dev.sallyport.contract.ContractMetadata.PackMetadata;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.OrganizationPlace;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.contract.ReplyContract;
import dev.sallyport.contract.RequestContract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.TokenContract.Claims;
import dev.sallyport.contract.TokenContract.Header;
import dev.sallyport.contract.TokenContract.StandardClaims;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.form.ReplyForm;
import dev.sallyport.contract.pack.Catalog.Doors;
import dev.sallyport.contract.pack.Catalog.OperationEntry;
import dev.sallyport.contract.pack.Catalog.TokenEntry;
import dev.sallyport.contract.pack.Catalog.TokenKind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Fields;
import dev.sallyport.contract.rule.RequestTokenClaims;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.file.KnownMembers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles one operation of a catalog: its schemas and rules, the session token that it promises, and what is known of it. */
final class OperationCompiler {
    private final PackParts parts;
    private final Conducts conducts;
    private final Set<String> credentials;

    /**
     * A compiler for one pack.
     *
     * @param credentials names, in lower case, of request headers that carry a credential beside {@code Authorization}
     */
    OperationCompiler(PackParts parts, Conducts conducts, Set<String> credentials) {
        this.parts = parts;
        this.conducts = conducts;
        this.credentials = credentials;
    }

    /**
     * The contract of an operation.
     *
     * @param fields to which what it looks at in messages is added
     */
    Contract contract(String id, OperationEntry entry, Fields fields) {
        var operation = new Operation(
                id, entry.method(), entry.template(), query(id, entry), entry.rank(), takesKey(id, entry));
        Doors named = Objects.requireNonNullElse(entry.rules(), Doors.NONE);
        var found = new PackProblems();
        String place = "operations." + id;
        Optional<Field> telemetry = Optional.ofNullable(entry.telemetry())
                .flatMap(at -> found.made(() -> parts.field(fields, "request", at, place + ".telemetry")));
        Optional<OrganizationPlace> organization = Optional.ofNullable(entry.organization())
                .flatMap(at -> found.made(() -> organization(id, entry, at, fields)));
        Optional<Field> device = Optional.ofNullable(entry.device())
                .flatMap(at -> found.made(() -> parts.field(fields, "reply", at, place + ".device")));
        Optional<List<Rule>> requestRules =
                found.made(() -> parts.rules().compiled(id, "request", named.request(), fields));
        Optional<List<Rule>> replyRules = found.made(() -> parts.rules().compiled(id, "reply", named.reply(), fields));
        Optional<List<Rule>> identityRules =
                found.made(() -> parts.rules().compiled(id, "identity", named.identity(), fields));
        Optional<TokenContract> token =
                Optional.ofNullable(entry.sessionToken()).flatMap(it -> found.made(() -> token(id, it, fields)));
        Optional<AuditContract> audit = Optional.ofNullable(entry.audit())
                .flatMap(it -> found.made(() -> new Audits(parts).of(id, it, fields)));
        Optional<SchemaCheck> request = found.made(() -> withOwnToken(id, entry, operation, fields));
        Optional<SchemaCheck> reply = found.made(() -> parts.schemas().reply(id, fields.reply()));
        var form = new ReplyForm(entry.successes(), parts.errors(), parts.json());
        Optional<Conduct> conduct = reply.flatMap(schema -> found.made(() -> conducts.of(id, entry, form, schema)));
        found.stopIfAny();
        return new Contract(
                operation,
                new RequestContract(
                        request.orElseThrow(),
                        parts.schemas().ofRequest(id),
                        requestRules.orElseThrow(),
                        Objects.requireNonNullElse(parts.catalog().errorTypes(), Map.of()),
                        telemetry.orElse(null),
                        organization.orElse(null)),
                new ReplyContract(
                        form,
                        reply.orElseThrow(),
                        replyRules.orElseThrow(),
                        identityRules.orElseThrow(),
                        device.orElse(null)),
                token.orElse(null),
                metadata(id, entry, fields, conduct.orElseThrow(), audit.orElse(null)));
    }

    private OrganizationPlace organization(String id, OperationEntry entry, String at, Fields fields) {
        String place = "operations." + id + ".organization";
        if (!at.startsWith("{")) {
            return new OrganizationPlace(parts.field(fields, "request", at, place), null);
        }
        String step = at.substring(1, at.length() - 1);
        if (!at.endsWith("}") || !PathTemplate.placeholders(entry.path()).contains(step)) {
            throw problem(id, "organization must be a pointer, or a step of the path such as {organization_id}");
        }
        return new OrganizationPlace(null, step);
    }

    /** A query that has a schema is checked, and then goes on. */
    private Operation.Query query(String id, OperationEntry entry) {
        boolean hasBody = new Operation(id, entry.method(), entry.path()).hasBody();
        boolean checked = !hasBody && parts.schemas().ofRequest(id);
        if (checked && entry.query() != null) {
            throw problem(id, "query cannot be said where request.schema.json says what is in it");
        }
        return checked ? Operation.Query.PASS : Objects.requireNonNullElse(entry.query(), Operation.Query.REFUSE);
    }

    /** Of what changes nothing there is nothing to make once. */
    private boolean takesKey(String id, OperationEntry entry) {
        boolean takes = Boolean.TRUE.equals(entry.idempotencyKey());
        if (takes && !new Operation(id, entry.method(), entry.path()).hasBody()) {
            throw problem(id, "idempotency-key can only be said of a POST");
        }
        return takes;
    }

    private boolean publishesKeys(String id) {
        return Objects.requireNonNullElse(parts.catalog().sessionTokens(), Map.<String, TokenKind>of())
                .values()
                .stream()
                .anyMatch(kind -> kind.jwks().equals(id));
    }

    private ContractMetadata metadata(
            String id, OperationEntry entry, Fields fields, Conduct conduct, @Nullable AuditContract audit) {
        return new ContractMetadata(
                new DocumentMetadata(
                        parts.schemas().requestMembers(id), fields.request().pointers()),
                new DocumentMetadata(
                        parts.schemas().replyMembers(id), fields.reply().pointers()),
                parts.rules().ofValues(entry),
                conduct,
                audit,
                publishesKeys(id),
                new PackMetadata(
                        Set.copyOf(Objects.requireNonNullElse(parts.catalog().plain(), List.of())),
                        KnownMembers.ofMembers(parts.errors().members().toArray(String[]::new)),
                        credentials,
                        parts.schemas().nodes()));
    }

    /** What the request's own token claims is read with it, if a rule asks for it. */
    private SchemaCheck withOwnToken(String id, OperationEntry entry, Operation operation, Fields fields) {
        boolean asked = fields.requestToken().size() > 0;
        if (asked && entry.requestToken() == null) {
            throw problem(id, "request-token is missing, and a rule compares with it");
        }
        if (!asked || entry.requestToken() == null) {
            return parts.schemas().request(operation, fields.request());
        }
        Field token = fields.field("request:" + entry.requestToken());
        return new RequestTokenClaims(
                parts.schemas().request(operation, fields.request()), token, fields.requestToken(), parts.json());
    }

    private TokenContract token(String id, TokenEntry entry, Fields fields) {
        TokenKind kind = Objects.requireNonNullElse(parts.catalog().sessionTokens(), Map.<String, TokenKind>of())
                .get(entry.kind());
        if (kind == null) {
            throw problem(id, "session-token.kind is none of session-tokens: " + entry.kind());
        }
        OperationEntry jwks = parts.catalog().operations().get(kind.jwks());
        if (jwks == null) {
            throw problem(id, "session-tokens." + entry.kind() + ".jwks is no operation: " + kind.jwks());
        }
        if (PathTemplate.placeholders(jwks.path()).size() > (jwks.template().project() == null ? 0 : 1)) {
            throw problem(
                    id, "session-tokens." + entry.kind() + ".jwks has a path with steps that no project fills in");
        }
        var found = new PackProblems();
        Optional<List<Rule>> bindings =
                found.made(() -> parts.rules().compiled(id, "session-token", entry.rules(), fields));
        var standard = StandardClaims.in(fields.token());
        Optional<Field> token =
                found.made(() -> parts.field(fields, "reply", entry.at(), "operations." + id + ".session-token.at"));
        Optional<SchemaCheck> claims = found.made(() -> parts.schemas().claims(kind.claims(), fields.token()));
        found.stopIfAny();
        return new TokenContract(
                token.orElseThrow(),
                new Header(keys(kind.jwks(), jwks), kind.algorithm(), kind.type()),
                new Claims(
                        claims.orElseThrow(),
                        standard,
                        kind.lifetime(),
                        kind.issuers(),
                        Objects.requireNonNullElse(kind.audience(), "{project}")),
                bindings.orElseThrow());
    }

    private static Operation keys(String id, OperationEntry entry) {
        return new Operation(id, entry.method(), entry.template(), Operation.Query.REFUSE, entry.rank(), false);
    }

    private PackProblem problem(String operation, String message) {
        return parts.problem("operations." + operation, message);
    }
}
