package dev.sallyport.contract.form;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.json.Pointers;
import dev.sallyport.json.QueryText;
import dev.sallyport.json.QueryText.Doubtful;
import dev.sallyport.json.Trees;
import dev.sallyport.rejection.Violation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Checks the query of an operation that takes no body, as an object with one member per parameter: a text, or a number or a flag
 * where the schema wants one and the text is one as JSON writes it. A parameter that the schema wants as a list may be given more than
 * once. Any other that is breaks the contract: of two values, it is not known which one the provider takes.
 */
public final class QueryCheck implements SchemaCheck {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REPEATED = "repeated";
    /** A number as JSON writes it (RFC 8259, 6): no parser reads it otherwise. */
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private final SchemaCheck schema;
    private final KnownMembers members;
    private final String file;

    /**
     * A check of parameters.
     *
     * @param schema checks the object of parameters
     * @param members what it says of each parameter
     * @param file the schema's file, for messages and metrics
     */
    public QueryCheck(SchemaCheck schema, KnownMembers members, String file) {
        this.schema = schema;
        this.members = members;
        this.file = file;
    }

    /** @param query what stands behind the question mark, as it was written */
    @Override
    public Reading read(byte[] query) {
        ObjectNode parameters = NODES.objectNode();
        Set<String> repeated = new LinkedHashSet<>();
        try {
            for (QueryText.Parameter parameter : QueryText.parameters(query)) {
                if (!add(parameter, parameters)) {
                    repeated.add(parameter.name());
                }
            }
        } catch (Doubtful doubtful) {
            return new Unreadable(doubtful.what(), doubtful.offset());
        }
        Reading reading = schema.read(Trees.write(parameters));
        return reading instanceof Document document ? told(document, repeated) : reading;
    }

    /** Returns false if it is there already, and no list. */
    private boolean add(QueryText.Parameter parameter, ObjectNode parameters) {
        @Nullable KnownMembers known = members.below(parameter.name());
        if (known != null && known.expectsArray()) {
            parameters.withArrayProperty(parameter.name()).add(value(parameter.value(), known.items()));
            return true;
        }
        boolean isNew = !parameters.has(parameter.name());
        if (isNew) {
            parameters.set(parameter.name(), value(parameter.value(), known));
        }
        return isNew;
    }

    private static JsonNode value(String text, @Nullable KnownMembers known) {
        if (known == null || known.expectsText()) {
            return NODES.stringNode(text);
        }
        if (known.expectsNumber() && NUMBER.matcher(text).matches()) {
            return NODES.rawValueNode(new RawValue(text));
        }
        boolean isFlag = text.equals("true") || text.equals("false");
        return known.expectsBoolean() && isFlag ? NODES.booleanNode(text.equals("true")) : NODES.stringNode(text);
    }

    /** The same document, its violations in words about a query. */
    private Document told(Document document, Set<String> repeated) {
        if (document.violations().isEmpty() && repeated.isEmpty()) {
            return document;
        }
        Stream<Violation> twice = repeated.stream().map(this::twice);
        return document.with(Stream.concat(document.violations().stream(), twice)
                .limit(MOST_VIOLATIONS)
                .map(violation -> violation.withMessage("is a query parameter that " + violation.message()))
                .toList());
    }

    private Violation twice(String name) {
        return new Violation(
                "/" + Pointers.escaped(name), REPEATED, file + "#/" + REPEATED, "must be given once", null);
    }
}
