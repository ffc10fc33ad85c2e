package dev.sallyport.contract.pack;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.contract.Repeatable;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.file.CatalogTree;
import dev.sallyport.contract.file.MappingProblem;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.rule.RuleSpec;
import dev.sallyport.json.Pointers;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code catalog.yml} as written: what a pack promises beyond its schemas. Long because all keys of the file stand in this one place.
 *
 * @param errorUrl the {@code error_url} of the gateway's refusals, with {@code {status}}
 * @param errors what the provider's errors, and so ours, look like
 * @param errorTypes the provider's own error types, by the pointer of the request field that they are about
 * @param credentials request headers, beside {@code Authorization}, that carry a credential
 * @param sessionTokens the kinds of session token that the provider issues, by name
 * @param rules what JSON Schema cannot say, by the name that violations carry
 * @param messages what violations of a rule say in place of the words of its kind, by the rule's name
 * @param reported names of the rules that are only counted unless the settings say otherwise
 * @param plain names of members whose values are harmless: those may be captured as they are, all else is masked
 * @param notCarriedOut the provider's error types, by HTTP status, by which it says that it did not carry a call out
 * @param operations by id, in the order of the file
 * @param fingerprintLookup how the provider is asked about a device, if it can be
 */
public record Catalog(
        String description,
        String errorUrl,
        @Nullable ErrorsEntry errors,
        @Nullable Map<String, String> errorTypes,
        @Nullable List<String> credentials,
        @Nullable Map<String, TokenKind> sessionTokens,
        @Nullable Map<String, RuleSpec> rules,
        @Nullable Map<String, String> messages,
        @Nullable List<String> reported,
        @Nullable List<String> plain,
        @Nullable Map<Integer, Set<String>> notCarriedOut,
        Map<String, OperationEntry> operations,
        @Nullable LookupEntry fingerprintLookup) {
    public static final String FILE = "catalog.yml";
    private static final JsonMapper FORM = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultNullHandling(as -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    /** Also those that {@link CatalogTree} reads. */
    private static final SortedSet<String> KEYS = Stream.concat(
                    CatalogTree.OF_ITSELF.stream(),
                    Stream.of(Catalog.class.getRecordComponents())
                            .map(component -> component.getName().replaceAll("([A-Z])", "-$1"))
                            .map(name -> name.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toCollection(TreeSet::new));

    public Catalog {
        Objects.requireNonNull(description, "description is missing");
        Objects.requireNonNull(errorUrl, "error-url is missing");
        Objects.requireNonNull(operations, "operations are missing");
        operations.forEach((id, entry) -> Objects.requireNonNull(entry, id + " is empty"));
        operations = new LinkedHashMap<>(operations);
    }

    /**
     * What an error looks like; see {@link ErrorShape}.
     *
     * @param types the provider's own error types, by the gateway's reason
     */
    record ErrorsEntry(
            @JsonSetter(contentNulls = Nulls.SET) @Nullable Map<String, Object> body,
            @Nullable String requestId,
            @Nullable Map<Reason, String> types) {
        ErrorShape shape() {
            return ErrorShape.of(body, requestId, types);
        }
    }

    /**
     * A kind of session token.
     *
     * @param jwks the operation that publishes its keys
     * @param algorithm the one JWS algorithm that is accepted; never taken from a token
     * @param type the one {@code typ} that is accepted
     * @param lifetime the longest time from {@code iat} to {@code exp}
     * @param claims the schema file of its claims
     * @param issuers accepted {@code iss}, with {@code {project}} and {@code {base-url}}
     * @param audience who must be named in {@code aud}, with {@code {project}}, which alone it is if nothing is said
     */
    record TokenKind(
            String jwks,
            TokenAlgorithm algorithm,
            String type,
            Duration lifetime,
            String claims,
            List<String> issuers,
            @Nullable String audience) {
        TokenKind {
            Objects.requireNonNull(jwks, "jwks is missing");
            Objects.requireNonNull(algorithm, "algorithm is missing");
            Objects.requireNonNull(type, "type is missing");
            Objects.requireNonNull(lifetime, "lifetime is missing");
            Objects.requireNonNull(claims, "claims is missing");
            issuers = List.copyOf(Objects.requireNonNull(issuers, "issuers is missing"));
        }
    }

    /**
     * An operation.
     *
     * @param path exact, but for steps of the form {@code {…}}
     * @param project which of these names the project, or {@code credentials} if none does; one that stands alone does, if nothing
     *     is said
     * @param query what becomes of a query that has no schema; it breaks the contract if nothing is said
     * @param priority which calls are refused first when not all can be served: low, normal or high; normal if nothing is said
     * @param idempotencyKey whether a call with an {@code Idempotency-Key} is made once; no if nothing is said
     * @param telemetry the pointer of the request's telemetry id, if the operation takes one
     * @param organization the pointer of the organization that the request names, or the step of its path in braces; if it names one
     * @param device the pointer of the visitor id in the reply, if it names one
     * @param requestToken the pointer of the request's own JWT, if rules compare with what it claims
     * @param statuses the HTTP statuses of a success, or {@code 2XX} for all; 200 alone if nothing is said
     * @param repeatable after what a call may be made once more; after nothing that may have left, if nothing is said
     * @param doneBefore what a repeated call is told if an earlier attempt had done it
     * @param group of the operations that fail together; if nothing is said, it fails alone
     * @param kept how long the last good reply may stand in for one that the provider does not give; not at all if nothing is said
     * @param audit what an auditor is told of its calls; nothing if nothing is said
     */
    record OperationEntry(
            String method,
            String path,
            @Nullable String project,
            Operation.@Nullable Query query,
            @Nullable String priority,
            @Nullable Boolean idempotencyKey,
            @Nullable String telemetry,
            @Nullable String organization,
            @Nullable String device,
            @Nullable String requestToken,
            @Nullable List<String> statuses,
            @Nullable Repeatable repeatable,
            @Nullable DoneBeforeEntry doneBefore,
            @Nullable String group,
            @Nullable Duration kept,
            @Nullable AuditEntry audit,
            @Nullable Doors rules,
            @Nullable TokenEntry sessionToken) {
        /** Where the project of a call is named if not in its path. */
        static final String CREDENTIALS = "credentials";

        private static final Map<String, Priority> PRIORITIES =
                Map.of("low", Priority.LOW, "normal", Priority.NORMAL, "high", Priority.HIGH);

        OperationEntry {
            Objects.requireNonNull(method, "method is missing");
            Objects.requireNonNull(path, "path is missing");
            priority = Objects.requireNonNullElse(priority, "normal");
            if (!PRIORITIES.containsKey(priority)) {
                throw new IllegalArgumentException("priority must be low, normal or high");
            }
            statuses = statuses == null ? List.of("200") : List.copyOf(statuses);
            if (statuses.isEmpty() || !statuses.stream().allMatch(status -> status.matches("2([0-9][0-9]|XX)"))) {
                throw new IllegalArgumentException("statuses must be from 200 to 299, or 2XX");
            }
        }

        /** Its paths. */
        PathTemplate template() {
            if (project == null) {
                return PathTemplate.of(path);
            }
            return new PathTemplate(path, project.equals(CREDENTIALS) ? null : project);
        }

        Priority rank() {
            return Objects.requireNonNull(PRIORITIES.get(priority));
        }

        IntPredicate successes() {
            Set<String> listed = Set.copyOf(Objects.requireNonNull(statuses));
            return listed.contains("2XX")
                    ? status -> status >= 200 && status < 300
                    : status -> listed.contains(Integer.toString(status));
        }

        /** The names of all its rules. */
        Stream<String> ruleNames() {
            var doors = Objects.requireNonNullElse(rules, Doors.NONE);
            var binding = sessionToken == null ? null : sessionToken.rules();
            return Stream.of(orNone(doors.request()), orNone(doors.reply()), orNone(doors.identity()), orNone(binding))
                    .flatMap(List::stream);
        }

        private static List<String> orNone(@Nullable List<String> names) {
            return names == null ? List.of() : names;
        }
    }

    /**
     * What an auditor is told.
     *
     * @param action {@code make-session} or {@code revoke-session}
     * @param session the field with the session's id, of the request or the reply
     * @param organization the field of the reply that names the organization
     */
    record AuditEntry(
            String action,
            @Nullable String session,
            @Nullable String organization) {
        AuditEntry {
            Objects.requireNonNull(action, "action is missing");
        }
    }

    /** What tells a repeated call that an earlier attempt had done it, and the reply in its place. */
    record DoneBeforeEntry(
            Integer status,
            String errorType,
            @JsonSetter(contentNulls = Nulls.SET) Map<String, Object> reply) {
        DoneBeforeEntry {
            Objects.requireNonNull(status, "status is missing");
            Objects.requireNonNull(errorType, "error-type is missing");
            Objects.requireNonNull(reply, "reply is missing");
        }
    }

    /**
     * How the provider is asked about a device.
     *
     * @param operation the folder of its schemas and examples
     * @param telemetry the pointer of the telemetry id in the request, a member of the root
     * @param verdict the pointer of the advice in the reply
     * @param reasons the pointer of the reasons for it, an array
     * @param visitor the pointer of the visitor id
     * @param notFound the provider's error type for an id that it does not know
     * @param binding what the rule is called that holds the device of an operation's reply against the one looked up
     */
    record LookupEntry(
            String operation,
            String method,
            String path,
            String telemetry,
            String verdict,
            String reasons,
            String visitor,
            String notFound,
            String binding,
            @Nullable Doors rules) {
        LookupEntry {
            Objects.requireNonNull(operation, "operation is missing");
            Objects.requireNonNull(method, "method is missing");
            Objects.requireNonNull(path, "path is missing");
            Objects.requireNonNull(telemetry, "telemetry is missing");
            Objects.requireNonNull(verdict, "verdict is missing");
            Objects.requireNonNull(reasons, "reasons is missing");
            Objects.requireNonNull(visitor, "visitor is missing");
            Objects.requireNonNull(notFound, "not-found is missing");
            Objects.requireNonNull(binding, "binding is missing");
        }
    }

    /**
     * The names of the rules of both doors.
     *
     * @param identity those that hold a reply against the call: like bindings of a token, they do not follow the reply's mode
     */
    record Doors(
            @Nullable List<String> request,
            @Nullable List<String> reply,
            @Nullable List<String> identity) {
        static final Doors NONE = new Doors(null, null, null);
    }

    /**
     * The session token in a reply.
     *
     * @param at where it stands
     * @param rules names of the rules that bind it to the rest; these always fail closed
     */
    record TokenEntry(String kind, String at, @Nullable List<String> rules) {
        TokenEntry {
            Objects.requireNonNull(kind, "kind is missing");
            Objects.requireNonNull(at, "at is missing");
        }
    }

    static Catalog in(PackFiles files) {
        CatalogTree tree = files.catalog();
        tree.root().propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw tree.problem(
                            "/" + Pointers.escaped(key),
                            "has an unknown key " + key + "; known are " + String.join(", ", KEYS));
                });
        try {
            return FORM.treeToValue(tree.root(), Catalog.class);
        } catch (JacksonException broken) {
            throw tree.problem(CatalogTree.pointer(broken), MappingProblem.of(broken));
        }
    }
}
