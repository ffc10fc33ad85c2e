package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.json.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Checks a body against a compiled schema in one pass over its tokens, without building a tree. It gives the verdicts of
 * JSON Schema 2020-12 for the keywords that {@link SchemaCompiler} covers, with one liberty: a missing member is reported
 * at its own pointer, and where no alternative of an {@code anyOf} takes the value's type, that is reported as
 * {@code type}.
 */
public final class OnePassCheck implements SchemaCheck {
    private final SchemaNode schema;
    private final FieldList fields;
    private final StrictJson json;
    private final @Nullable SchemaObserver observer;
    private final boolean namesExact;

    public OnePassCheck(SchemaNode schema, FieldList fields, StrictJson json) {
        this(schema, fields, json, null, false);
    }

    private OnePassCheck(
            SchemaNode schema,
            FieldList fields,
            StrictJson json,
            @Nullable SchemaObserver observer,
            boolean namesExact) {
        this.namesExact = namesExact;
        this.schema = schema;
        this.fields = fields;
        this.json = json;
        this.observer = observer;
    }

    @Override
    public SchemaCheck observedBy(SchemaObserver observer) {
        return new OnePassCheck(schema, fields, json, observer, namesExact);
    }

    /** The same check, of what a lenient parser reads next: there, a name in another case may be a member's name as well. */
    OnePassCheck withExactNames() {
        return new OnePassCheck(schema, fields, json, observer, true);
    }

    @Override
    public Reading read(byte[] body) {
        @Nullable Unreadable notText = StrictJson.textProblem(body);
        if (notText != null) {
            return notText;
        }
        try (var parser = json.parserOfAnyNames(body)) {
            var walk = new DocumentWalk(parser, body, fields.size(), observer, namesExact);
            return walk.document(schema, fields.root());
        } catch (JacksonException broken) {
            return StrictJson.problem(broken);
        } catch (ArithmeticException | NumberFormatException absurd) {
            return StrictJson.absurdNumber();
        }
    }
}
