package dev.sallyport.contract.openapi;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the operations of a pack as an OpenAPI 3.1 document. Blocks: it reads the pack's files. */
public final class OpenApiExport {
    private static final int DEPTH = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();

    private final PackFiles files;
    private final ContractCatalog catalog;
    private final SharedSchemas schemas;

    private OpenApiExport(PackFiles files, ContractCatalog catalog) {
        this.files = files;
        this.catalog = catalog;
        this.schemas = new SharedSchemas(files);
    }

    /**
     * The document of a pack.
     *
     * @param version what it says its version is
     * @throws dev.sallyport.contract.file.PackProblem if the pack is wrong
     */
    public static ObjectNode of(PackFiles files, String version) {
        return of(files, PackCompiler.compiled(files, new StrictJson(DEPTH)), version);
    }

    /**
     * The document of a pack that was compiled.
     *
     * @param catalog of these files
     * @param version what it says its version is
     */
    public static ObjectNode of(PackFiles files, ContractCatalog catalog, String version) {
        return new OpenApiExport(files, catalog).document(version);
    }

    private ObjectNode document(String version) {
        ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Contract pack " + files.name()).put("version", version);
        document.putArray("security").addObject().putArray("credentials");
        ObjectNode paths = document.putObject("paths");
        for (Contract contract : catalog.contracts()) {
            Operation operation = contract.operation();
            paths.withObjectProperty(operation.path())
                    .set(operation.method().toLowerCase(Locale.ROOT), operation(contract));
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas.all());
        ObjectNode error = components.putObject("responses").putObject("error");
        error.put("description", "An error of the provider, or a refusal of the gateway in the same shape.");
        json(error, error());
        components
                .putObject("securitySchemes")
                .putObject("credentials")
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "The provider's project id and secret.");
        return document;
    }

    private ObjectNode operation(Contract contract) {
        Operation operation = contract.operation();
        ObjectNode out = NODES.objectNode().put("operationId", operation.id());
        description(contract, out);
        ArrayNode parameters = NODES.arrayNode();
        PathTemplate.placeholders(operation.path()).forEach(name -> parameters.add(parameter(name, "path", true)));
        String requests = operation.id() + "/request.schema.json";
        if (operation.hasBody()) {
            json(out.putObject("requestBody").put("required", true), schemas.reference(requests));
        } else if (operation.query() != Query.IGNORE && files.has(requests)) {
            query(schemas.content(requests), parameters);
        }
        if (!parameters.isEmpty()) {
            out.set("parameters", parameters);
        }
        ObjectNode responses = out.putObject("responses");
        JsonNode reply = schemas.reference(operation.id() + "/reply.schema.json");
        for (String status : statuses(contract)) {
            json(responses.putObject(status).put("description", "A success."), reply);
        }
        responses.putObject("default").put("$ref", "#/components/responses/error");
        return out;
    }

    private static void description(Contract contract, ObjectNode out) {
        String rules = Stream.concat(contract.requestRules().stream(), contract.replyRules().stream())
                .map(Rule::name)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!rules.isEmpty()) {
            out.put("description", "Rules beside the schemas: " + rules + ".");
        }
    }

    private static ObjectNode parameter(String name, String in, boolean required) {
        ObjectNode parameter =
                NODES.objectNode().put("name", name).put("in", in).put("required", required);
        parameter.set("schema", ofType("string").put("minLength", 1));
        return parameter;
    }

    private static void query(JsonNode schema, ArrayNode parameters) {
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
        schema.path("properties")
                .properties()
                .forEach(each -> parameters
                        .addObject()
                        .setAll(parameter(each.getKey(), "query", required.contains(each.getKey())))
                        .set("schema", each.getValue()));
    }

    private static List<String> statuses(Contract contract) {
        List<String> statuses = IntStream.range(200, 300)
                .filter(contract.replyForm()::isSuccess)
                .mapToObj(Integer::toString)
                .toList();
        return statuses.size() == 100 ? List.of("2XX") : statuses;
    }

    private static void json(ObjectNode holder, JsonNode schema) {
        holder.putObject("content").putObject("application/json").set("schema", schema);
    }

    /** A refusal shows what errors look like; what it has beside the provider's own members need not be there. */
    private ObjectNode error() {
        var renderer = catalog.rejectionRenderer();
        Rejection sample = Rejection.of(Reason.UNKNOWN_OPERATION, "None.");
        JsonNode shown = JSON.readTree(renderer.body(sample, renderer.newRequestId()));
        Set<String> own = catalog.contracts().stream()
                .flatMap(contract -> contract.metadata().pack().error().names().stream())
                .collect(Collectors.toSet());
        ObjectNode error = ofType("object");
        shown.propertyNames().stream().filter(own::contains).forEach(error.putArray("required")::add);
        ObjectNode members = error.putObject("properties");
        shown.properties().forEach(each -> members.set(each.getKey(), typed(each.getValue())));
        return error;
    }

    private static ObjectNode ofType(String type) {
        return NODES.objectNode().put("type", type);
    }

    private static ObjectNode typed(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> ofType("integer");
            case STRING -> ofType("string");
            case BOOLEAN -> ofType("boolean");
            case ARRAY -> ofType("array");
            case OBJECT -> ofType("object");
            default -> NODES.objectNode();
        };
    }
}
