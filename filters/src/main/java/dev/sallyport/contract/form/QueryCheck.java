package dev.sallyport.contract.form;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.json.Pointers;
import dev.sallyport.json.QueryText;
import dev.sallyport.json.QueryText.Doubtful;
import dev.sallyport.rejection.Violation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the query of an operation that takes no body, as an object with one string member per parameter. A parameter that
 * is given twice breaks the contract whatever the schema says: of two values, it is not known which one the provider takes.
 */
public final class QueryCheck implements SchemaCheck {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REPEATED = "repeated";

    private final SchemaCheck schema;
    private final String file;

    /**
     * A check of parameters.
     *
     * @param schema checks the object of parameters
     * @param file the schema's file, for messages and metrics
     */
    public QueryCheck(SchemaCheck schema, String file) {
        this.schema = schema;
        this.file = file;
    }

    /** @param query what stands behind the question mark, as it was written */
    @Override
    public Reading read(byte[] query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Set<String> repeated = new LinkedHashSet<>();
        try {
            for (QueryText.Parameter parameter : QueryText.parameters(query)) {
                if (parameters.putIfAbsent(parameter.name(), parameter.value()) != null) {
                    repeated.add(parameter.name());
                }
            }
        } catch (Doubtful doubtful) {
            return new Unreadable(doubtful.what(), doubtful.offset());
        }
        Reading reading = schema.read(JSON.writeValueAsBytes(parameters));
        return reading instanceof Document document ? told(document, repeated) : reading;
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
