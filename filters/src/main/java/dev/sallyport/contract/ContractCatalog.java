package dev.sallyport.contract;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.config.Mode;
import dev.sallyport.contract.Catalog.LookupEntry;
import dev.sallyport.contract.Catalog.OperationEntry;
import dev.sallyport.contract.Catalog.TokenEntry;
import dev.sallyport.contract.Catalog.TokenKind;
import dev.sallyport.contract.Facts.Field;
import dev.sallyport.contract.TokenContract.StandardClaims;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All contracts of a pack, compiled once. Anything wrong in the pack stops it with a {@link PackProblem}. */
public final class ContractCatalog {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Map<String, Contract> contracts;
    private final Optional<LookupContract> lookup;
    private final String errorUrl;
    private final ErrorShape errors;
    private final Map<String, String> leftToLibrary;
    private final Set<String> ruleNames;
    private final int examples;

    private ContractCatalog(
            Map<String, Contract> contracts,
            Optional<LookupContract> lookup,
            String errorUrl,
            ErrorShape errors,
            Map<String, String> leftToLibrary,
            Set<String> ruleNames,
            int examples) {
        this.contracts = contracts;
        this.lookup = lookup;
        this.errorUrl = errorUrl;
        this.errors = errors;
        this.leftToLibrary = leftToLibrary;
        this.ruleNames = ruleNames;
        this.examples = examples;
    }

    /** Compiles a pack and tries every example in it. Blocks: for the start only. */
    public static ContractCatalog load(PackFiles files, StrictJson json) {
        return new Loading(files, json).catalog();
    }

    public Collection<Contract> contracts() {
        return contracts.values();
    }

    public Optional<Contract> contract(String operation) {
        return Optional.ofNullable(contracts.get(operation));
    }

    /** How the provider is asked about a device; empty if the pack does not say. */
    public Optional<LookupContract> fingerprintLookup() {
        return lookup;
    }

    /** Writes refusals as the provider writes its errors. */
    public RejectionRenderer rejectionRenderer() {
        return new RejectionRenderer(errors, errorUrl);
    }

    /** Schema files that the library checks because the one-pass check does not cover them, with the reason. */
    public Map<String, String> leftToLibrary() {
        return leftToLibrary;
    }

    /** The names of the rules that settings can speak of: all but those of the fingerprint lookup, which are always enforced. */
    public Set<String> ruleNames() {
        return ruleNames;
    }

    /** How many examples were tried. */
    public int examples() {
        return examples;
    }

    /** Compiling one pack. */
    private static final class Loading {
        private final PackFiles files;
        private final Catalog catalog;
        private final SchemaCompiler compiler;
        private final KnownMembersReader members;
        private final ErrorShape errors;
        private final Set<String> credentials;

        Loading(PackFiles files, StrictJson json) {
            this.files = files;
            this.catalog = Catalog.in(files);
            Endpoints.check(files, catalog);
            var schemas = new SchemaFiles(files);
            this.compiler = new SchemaCompiler(schemas, json);
            this.members = new KnownMembersReader(schemas);
            this.errors = errors(files, catalog);
            this.credentials = credentials(files, catalog);
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
            reportedRulesAreRules();
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
                    contracts, lookup, catalog.errorUrl(), errors, compiler.leftToLibrary(), settableRules(), examples);
        }

        private Set<String> ruleNames() {
            return catalog.rules() == null
                    ? Set.of()
                    : Set.copyOf(catalog.rules().keySet());
        }

        private Set<String> settableRules() {
            @Nullable LookupEntry lookup = catalog.fingerprintLookup();
            if (lookup == null) {
                return ruleNames();
            }
            Set<String> settable = new HashSet<>(ruleNames());
            if (lookup.rules() != null) {
                Stream.of(lookup.rules().request(), lookup.rules().reply())
                        .filter(Objects::nonNull)
                        .forEach(settable::removeAll);
            }
            settable.add(lookup.binding());
            return Set.copyOf(settable);
        }

        private void reportedRulesAreRules() {
            for (String name : Objects.requireNonNullElse(catalog.reported(), List.<String>of())) {
                if (!ruleNames().contains(name)) {
                    throw new PackProblem(
                            files.shown(Catalog.FILE), "reported", "names no rule of this catalog: " + name);
                }
            }
        }

        private LookupContract lookup(LookupEntry entry) {
            if (catalog.operations().containsKey(entry.operation())) {
                throw problem(entry.operation(), "is the fingerprint lookup as well, which nobody may call");
            }
            if (ruleNames().contains(entry.binding())) {
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
            List<Rule> requestRules = rules(
                    id, "request", entry.rules() == null ? null : entry.rules().request(), fields);
            List<Rule> replyRules = rules(
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
                    rulesOfValues(entry),
                    Set.copyOf(Objects.requireNonNullElse(catalog.plain(), List.of())),
                    KnownMembers.ofMembers(errors.members().toArray(String[]::new)),
                    credentials);
        }

        private Set<String> rulesOfValues(OperationEntry entry) {
            Map<String, RuleSpec> rules = Objects.requireNonNullElse(catalog.rules(), Map.of());
            return entry.ruleNames()
                    .filter(name -> isOfValues(Objects.requireNonNull(rules.get(name))))
                    .collect(Collectors.toSet());
        }

        private static boolean isOfValues(RuleSpec rule) {
            if (rule instanceof RuleSpec.Equal) {
                return false; // without a token it still compares the rest
            }
            var fields = new Fields();
            rule.compile(fields, "", "");
            return rule instanceof Carries || fields.token().size() > 0;
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
            List<Rule> bindings = rules(id, "session-token", entry.rules(), fields);
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

        private List<Rule> rules(String id, String door, @Nullable List<String> names, Fields fields) {
            List<Rule> rules = new ArrayList<>();
            List<String> reported = Objects.requireNonNullElse(catalog.reported(), List.of());
            for (String name : Objects.requireNonNullElse(names, List.<String>of())) {
                RuleSpec spec = Objects.requireNonNullElse(catalog.rules(), Map.<String, RuleSpec>of())
                        .get(name);
                if (spec == null) {
                    throw problem(id, door + " names no rule of this catalog: " + name);
                }
                try {
                    var rule = spec.compile(fields, name, Catalog.FILE + "#/rules/" + name);
                    rules.add(reported.contains(name) ? rule.with(Mode.REPORT) : rule);
                } catch (IllegalArgumentException wrong) {
                    throw new PackProblem(
                            files.shown(Catalog.FILE), "rules." + name, String.valueOf(wrong.getMessage()));
                }
            }
            return List.copyOf(rules);
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
}
