package dev.sallyport.contract;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.contract.Catalog.LookupEntry;
import dev.sallyport.contract.Catalog.OperationEntry;
import dev.sallyport.contract.Catalog.TokenEntry;
import dev.sallyport.contract.Catalog.TokenKind;
import dev.sallyport.contract.Facts.Field;
import dev.sallyport.contract.TokenContract.StandardClaims;
import dev.sallyport.rejection.ErrorShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compiles one pack: its operations with their schemas, tokens and facts, and the fingerprint lookup. */
final class CatalogLoading {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final PackFiles files;
    private final Catalog catalog;
    private final SchemaCompiler compiler;
    private final KnownMembersReader members;
    private final CatalogRules rules;
    private final ErrorShape errors;
    private final Set<String> credentials;

    CatalogLoading(PackFiles files, StrictJson json) {
        this.files = files;
        this.catalog = Catalog.in(files);
        Endpoints.check(files, catalog);
        var schemas = new SchemaFiles(files);
        this.compiler = new SchemaCompiler(schemas, json);
        this.members = new KnownMembersReader(schemas);
        this.errors = errors(files, catalog);
        this.credentials = credentials(files, catalog);
        this.rules = new CatalogRules(files, catalog);
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
        for (String name : names) {
            if (!FIELD_NAME.matcher(name).matches()) {
                throw new PackProblem(
                        files.shown(Catalog.FILE), "credentials", "must be names of headers, was " + name);
            }
        }
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    ContractCatalog catalog() {
        Map<String, Contract> contracts = new LinkedHashMap<>();
        int examples = 0;
        for (var entry : catalog.operations().entrySet()) {
            Contract contract = contract(entry.getKey(), entry.getValue(), new Fields());
            contracts.put(entry.getKey(), contract);
            examples += new Examples(files, contract).tryAll();
        }
        Optional<LookupContract> lookup =
                Optional.ofNullable(catalog.fingerprintLookup()).map(this::lookup);
        examples += lookup.map(asked -> new Examples(files, asked.contract()).tryAll())
                .orElse(0);
        return new ContractCatalog(
                contracts, lookup, catalog.errorUrl(), errors, compiler.leftToLibrary(), rules.settable(), examples);
    }

    private LookupContract lookup(LookupEntry entry) {
        if (catalog.operations().containsKey(entry.operation())) {
            throw problem(entry.operation(), "is the fingerprint lookup as well, which nobody may call");
        }
        if (rules.names().contains(entry.binding())) {
            throw new PackProblem(
                    files.shown(Catalog.FILE),
                    "fingerprint-lookup",
                    "binding is the name of another rule: " + entry.binding());
        }
        String errorTypeAt = errors.typeAt()
                .orElseThrow(() -> new PackProblem(
                        files.shown(Catalog.FILE),
                        "fingerprint-lookup",
                        "not-found cannot be told without an {error-type} in errors.body"));
        var fields = new Fields();
        Field telemetryId = fields.field("request:" + entry.telemetry());
        Field verdict = fields.field("reply:" + entry.verdict());
        Field reasons = fields.field("reply:" + entry.reasons());
        Field visitorId = fields.field("reply:" + entry.visitor());
        var asOperation = new OperationEntry(entry.method(), entry.path(), null, null, entry.rules(), null);
        Contract contract = contract(entry.operation(), asOperation, fields);
        return new LookupContract(
                contract, telemetryId, verdict, reasons, visitorId, errorTypeAt, entry.notFound(), entry.binding());
    }

    private Contract contract(String id, OperationEntry entry, Fields fields) {
        var operation = new Operation(id, entry.method(), entry.path());
        var telemetry = entry.telemetry() == null ? null : fields.field("request:" + entry.telemetry());
        var device = entry.device() == null ? null : fields.field("reply:" + entry.device());
        List<Rule> requestRules = rules.compiled(
                id, "request", entry.rules() == null ? null : entry.rules().request(), fields);
        List<Rule> replyRules = rules.compiled(
                id, "reply", entry.rules() == null ? null : entry.rules().reply(), fields);
        TokenContract token = entry.sessionToken() == null ? null : token(id, entry.sessionToken(), fields);
        SchemaCheck request = request(operation, fields.request());
        SchemaCheck reply = schema(id, "reply", fields.reply());
        Map<String, String> errorTypes = Objects.requireNonNullElse(catalog.errorTypes(), Map.of());
        return new Contract(
                operation,
                request,
                reply,
                requestRules,
                replyRules,
                errorTypes,
                telemetry,
                device,
                token,
                compiler.nodes(),
                knowledge(id, entry, fields));
    }

    private Knowledge knowledge(String id, OperationEntry entry, Fields fields) {
        return new Knowledge(
                members(id + "/request.schema.json"),
                members(id + "/reply.schema.json"),
                fields.request().pointers(),
                fields.reply().pointers(),
                rules.ofValues(entry),
                Set.copyOf(Objects.requireNonNullElse(catalog.plain(), List.of())),
                KnownMembers.ofMembers(errors.members().toArray(String[]::new)),
                credentials);
    }

    private KnownMembers members(String file) {
        return files.has(file) ? members.of(file) : KnownMembers.NOTHING;
    }

    /** Without a body the query is checked, if it has a schema. */
    private SchemaCheck request(Operation operation, FieldList fields) {
        String file = operation.id() + "/request.schema.json";
        if (operation.hasBody()) {
            return compiler.compile(file, fields);
        }
        return files.has(file) ? new QueryCheck(compiler.compile(file, fields), file) : nothing(fields);
    }

    private SchemaCheck schema(String operation, String direction, FieldList fields) {
        return compiler.compile(operation + "/" + direction + ".schema.json", fields);
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
        List<Rule> bindings = rules.compiled(id, "session-token", entry.rules(), fields);
        var standard = StandardClaims.in(fields.token());
        return new TokenContract(
                new Operation(kind.jwks(), jwks.method(), jwks.path()),
                kind.algorithm(),
                kind.type(),
                kind.lifetime(),
                kind.issuers(),
                Objects.requireNonNullElse(kind.audience(), "{project}"),
                fields.field("reply:" + entry.at()),
                compiler.compile(kind.claims(), fields.token()),
                standard,
                bindings);
    }

    private PackProblem problem(String operation, String message) {
        return new PackProblem(files.shown(Catalog.FILE), "operations." + operation, message);
    }

    /** Reads nothing; rules see every field as missing. */
    private static SchemaCheck nothing(FieldList fields) {
        Value[] missing = new Value[fields.size()];
        Arrays.fill(missing, Value.MISSING);
        var nothing = new Document(List.of(), missing, false);
        return body -> nothing;
    }
}
