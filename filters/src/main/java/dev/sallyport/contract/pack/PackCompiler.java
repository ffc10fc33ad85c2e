package dev.sallyport.contract.pack;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.Conduct;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractCatalog.Coverage;
import dev.sallyport.contract.ContractMetadata;
import dev.sallyport.contract.ContractMetadata.DocumentMetadata;
import dev.sallyport.contract.ContractMetadata.PackMetadata;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.ReplyContract;
import dev.sallyport.contract.RequestContract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.TokenContract.Claims;
import dev.sallyport.contract.TokenContract.Header;
import dev.sallyport.contract.TokenContract.StandardClaims;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.form.ReplyForm;
import dev.sallyport.contract.pack.Catalog.Doors;
import dev.sallyport.contract.pack.Catalog.LookupEntry;
import dev.sallyport.contract.pack.Catalog.OperationEntry;
import dev.sallyport.contract.pack.Catalog.TokenEntry;
import dev.sallyport.contract.pack.Catalog.TokenKind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Fields;
import dev.sallyport.contract.rule.RequestTokenClaims;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compiles one pack: its operations with their schemas, tokens and facts, and the fingerprint lookup. A mistake in one part does
 * not hide those in the others: all of them are collected here.
 */
public final class PackCompiler {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final PackFiles files;
    private final StrictJson json;
    private final Catalog catalog;
    private final MessageSchemas schemas;
    private final CatalogRules rules;
    private final Conducts conducts;
    private final ErrorShape errors;
    private final Set<String> credentials;
    private final PackProblems problems = new PackProblems();
    private final boolean trying;
    private int examples;

    /** Compiles a pack and tries every example in it. Blocks. */
    public static ContractCatalog load(PackFiles files, StrictJson json) {
        return new PackCompiler(files, json, true).catalog();
    }

    /**
     * Compiles a pack that is to be served. Blocks. The examples of one that this build brings were tried when it was built, and
     * files and code are the same still: no start waits for them, unless bodies may nest less deep than they might then.
     */
    public static ContractCatalog loadServed(PackFiles files, StrictJson json) {
        boolean tried = files.areOfThisBuild()
                && json.maxDepth() >= RequestSettings.defaults().maxDepth();
        return new PackCompiler(files, json, !tried).catalog();
    }

    private PackCompiler(PackFiles files, StrictJson json, boolean trying) {
        this.files = files;
        this.json = json;
        this.trying = trying;
        this.catalog = Catalog.in(files);
        problems.during(() -> Endpoints.check(files, catalog));
        this.schemas = new MessageSchemas(files, json);
        this.errors = problems.made(() -> errors(files, catalog)).orElseGet(ErrorShape::plain);
        this.credentials = problems.made(() -> credentials(files, catalog)).orElse(Set.of());
        this.rules = new CatalogRules(files, catalog);
        problems.during(rules::check);
        this.conducts = new Conducts(files, catalog, errors);
        problems.during(conducts::check);
    }

    private static ErrorShape errors(PackFiles files, Catalog catalog) {
        try {
            return catalog.errors() == null
                    ? ErrorShape.plain()
                    : catalog.errors().shape();
        } catch (IllegalArgumentException wrong) {
            throw new PackProblem(files.shown(Catalog.FILE), "errors", String.valueOf(wrong.getMessage()));
        }
    }

    /** Header names (RFC 9110, 5.1) in lower case. */
    private static Set<String> credentials(PackFiles files, Catalog catalog) {
        List<String> names = Objects.requireNonNullElse(catalog.credentials(), List.of());
        var found = new PackProblems();
        names.stream()
                .filter(name -> !FIELD_NAME.matcher(name).matches())
                .forEach(name -> found.add(new PackProblem(
                        files.shown(Catalog.FILE), "credentials", "must be names of headers, was " + name)));
        found.stopIfAny();
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private ContractCatalog catalog() {
        Map<String, Contract> contracts = new LinkedHashMap<>();
        catalog.operations()
                .forEach((id, entry) -> tried(id, () -> contract(id, entry, new Fields()), contract -> contract)
                        .ifPresent(contract -> contracts.put(id, contract)));
        Optional<LookupContract> lookup = Optional.ofNullable(catalog.fingerprintLookup())
                .flatMap(entry -> tried(entry.operation(), () -> lookup(entry), LookupContract::contract));
        problems.stopIfAny();
        return new ContractCatalog(
                contracts,
                lookup,
                new RejectionRenderer(errors, catalog.errorUrl()),
                rules.settable(),
                new Coverage(schemas.leftToLibrary(), examples));
    }

    /** Compiled, and every example tried, if they are; of what does not compile, the examples are read at least. */
    private <T> Optional<T> tried(String operation, Supplier<T> compiling, Function<T, Contract> contract) {
        try {
            Optional<T> compiled = problems.made(compiling);
            problems.during(() -> compiled.ifPresentOrElse(
                    it -> examples += trying ? new Examples(files, contract.apply(it)).tryAll() : 0,
                    () -> Examples.readAll(files, operation)));
            return compiled;
        } catch (StackOverflowError tooDeep) {
            problems.add(problem(operation, "has a schema that nests too deep, or whose references lead on and on"));
            return Optional.empty();
        }
    }

    private LookupContract lookup(LookupEntry entry) {
        var found = new PackProblems();
        if (catalog.operations().containsKey(entry.operation())) {
            found.add(problem(entry.operation(), "is the fingerprint lookup as well, which callers may not call"));
        }
        if (rules.names().contains(entry.binding())) {
            found.add(lookupProblem("binding is the name of another rule: " + entry.binding()));
        }
        if (errors.typeAt().isEmpty()) {
            found.add(lookupProblem("not-found cannot be told without an {error-type} in errors.body"));
        }
        var fields = new Fields();
        Optional<Field> telemetryId =
                found.made(() -> field(fields, "request", entry.telemetry(), "fingerprint-lookup.telemetry"));
        Optional<Field> verdict =
                found.made(() -> field(fields, "reply", entry.verdict(), "fingerprint-lookup.verdict"));
        Optional<Field> reasons =
                found.made(() -> field(fields, "reply", entry.reasons(), "fingerprint-lookup.reasons"));
        Optional<Field> visitor =
                found.made(() -> field(fields, "reply", entry.visitor(), "fingerprint-lookup.visitor"));
        var asOperation = new OperationEntry(
                entry.method(),
                entry.path(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                entry.rules(),
                null);
        Optional<Contract> contract = found.made(() -> contract(entry.operation(), asOperation, fields));
        found.stopIfAny();
        return new LookupContract(
                contract.orElseThrow(),
                telemetryId.orElseThrow(),
                new LookupContract.Finding(verdict.orElseThrow(), reasons.orElseThrow(), visitor.orElseThrow()),
                new LookupContract.UnknownDevice(errors.typeAt().orElseThrow(), entry.notFound()),
                entry.binding());
    }

    private Contract contract(String id, OperationEntry entry, Fields fields) {
        var operation =
                new Operation(id, entry.method(), entry.path(), query(id, entry), entry.rank(), takesKey(id, entry));
        Doors named = Objects.requireNonNullElse(entry.rules(), Doors.NONE);
        var found = new PackProblems();
        String place = "operations." + id;
        Optional<Field> telemetry = Optional.ofNullable(entry.telemetry())
                .flatMap(at -> found.made(() -> field(fields, "request", at, place + ".telemetry")));
        Optional<Field> device = Optional.ofNullable(entry.device())
                .flatMap(at -> found.made(() -> field(fields, "reply", at, place + ".device")));
        Optional<List<Rule>> requestRules = found.made(() -> rules.compiled(id, "request", named.request(), fields));
        Optional<List<Rule>> replyRules = found.made(() -> rules.compiled(id, "reply", named.reply(), fields));
        Optional<List<Rule>> identityRules = found.made(() -> rules.compiled(id, "identity", named.identity(), fields));
        Optional<TokenContract> token =
                Optional.ofNullable(entry.sessionToken()).flatMap(it -> found.made(() -> token(id, it, fields)));
        Optional<SchemaCheck> request = found.made(() -> withOwnToken(id, entry, operation, fields));
        Optional<SchemaCheck> reply = found.made(() -> schemas.reply(id, fields.reply()));
        var form = new ReplyForm(entry.successes(), errors, json);
        Optional<Conduct> conduct = reply.flatMap(schema -> found.made(() -> conducts.of(id, entry, form, schema)));
        found.stopIfAny();
        return new Contract(
                operation,
                new RequestContract(
                        request.orElseThrow(),
                        schemas.ofRequest(id),
                        requestRules.orElseThrow(),
                        Objects.requireNonNullElse(catalog.errorTypes(), Map.of()),
                        telemetry.orElse(null)),
                new ReplyContract(
                        form,
                        reply.orElseThrow(),
                        replyRules.orElseThrow(),
                        identityRules.orElseThrow(),
                        device.orElse(null)),
                token.orElse(null),
                metadata(id, entry, fields, conduct.orElseThrow()));
    }

    /** A query that has a schema is checked, and then goes on. */
    private Operation.Query query(String id, OperationEntry entry) {
        boolean hasBody = new Operation(id, entry.method(), entry.path()).hasBody();
        boolean checked = !hasBody && schemas.ofRequest(id);
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
        return Objects.requireNonNullElse(catalog.sessionTokens(), Map.<String, TokenKind>of()).values().stream()
                .anyMatch(kind -> kind.jwks().equals(id));
    }

    private ContractMetadata metadata(String id, OperationEntry entry, Fields fields, Conduct conduct) {
        return new ContractMetadata(
                new DocumentMetadata(
                        schemas.requestMembers(id), fields.request().pointers()),
                new DocumentMetadata(schemas.replyMembers(id), fields.reply().pointers()),
                rules.ofValues(entry),
                conduct,
                publishesKeys(id),
                new PackMetadata(
                        Set.copyOf(Objects.requireNonNullElse(catalog.plain(), List.of())),
                        KnownMembers.ofMembers(errors.members().toArray(String[]::new)),
                        credentials,
                        schemas.nodes()));
    }

    /** What the request's own token claims is read with it, if a rule asks for it. */
    private SchemaCheck withOwnToken(String id, OperationEntry entry, Operation operation, Fields fields) {
        boolean asked = fields.requestToken().size() > 0;
        if (asked && entry.requestToken() == null) {
            throw problem(id, "request-token is missing, and a rule compares with it");
        }
        if (!asked || entry.requestToken() == null) {
            return schemas.request(operation, fields.request());
        }
        Field token = fields.field("request:" + entry.requestToken());
        return new RequestTokenClaims(schemas.request(operation, fields.request()), token, fields.requestToken(), json);
    }

    private TokenContract token(String id, TokenEntry entry, Fields fields) {
        TokenKind kind = Objects.requireNonNullElse(catalog.sessionTokens(), Map.<String, TokenKind>of())
                .get(entry.kind());
        if (kind == null) {
            throw problem(id, "session-token.kind is none of session-tokens: " + entry.kind());
        }
        OperationEntry jwks = catalog.operations().get(kind.jwks());
        if (jwks == null) {
            throw problem(id, "session-tokens." + entry.kind() + ".jwks is no operation: " + kind.jwks());
        }
        var found = new PackProblems();
        Optional<List<Rule>> bindings = found.made(() -> rules.compiled(id, "session-token", entry.rules(), fields));
        var standard = StandardClaims.in(fields.token());
        Optional<Field> token =
                found.made(() -> field(fields, "reply", entry.at(), "operations." + id + ".session-token.at"));
        Optional<SchemaCheck> claims = found.made(() -> schemas.claims(kind.claims(), fields.token()));
        found.stopIfAny();
        return new TokenContract(
                token.orElseThrow(),
                new Header(new Operation(kind.jwks(), jwks.method(), jwks.path()), kind.algorithm(), kind.type()),
                new Claims(
                        claims.orElseThrow(),
                        standard,
                        kind.lifetime(),
                        kind.issuers(),
                        Objects.requireNonNullElse(kind.audience(), "{project}")),
                bindings.orElseThrow());
    }

    private PackProblem problem(String operation, String message) {
        return new PackProblem(files.shown(Catalog.FILE), "operations." + operation, message);
    }

    /** Where a document has a value, by a pointer that stands in the catalog. */
    private Field field(Fields fields, String document, String pointer, String place) {
        try {
            return fields.field(document + ":" + pointer);
        } catch (IllegalArgumentException none) {
            throw new PackProblem(files.shown(Catalog.FILE), place, String.valueOf(none.getMessage()));
        }
    }

    private PackProblem lookupProblem(String message) {
        return new PackProblem(files.shown(Catalog.FILE), "fingerprint-lookup", message);
    }
}
