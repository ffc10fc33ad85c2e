package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.json.StrictJson;
import dev.sallyport.json.bytes.InDoubt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Checks a body against a compiled schema without building a tree: in one pass over its bytes if it is in order; else a pass over
 * its tokens tells what is wrong. It gives the verdicts of JSON Schema 2020-12 for the keywords that {@link SchemaCompiler} covers,
 * with one liberty: a missing member is reported at its own pointer, and where no alternative of an {@code anyOf} takes the
 * value's type, that is reported as {@code type}.
 */
public final class OnePassCheck implements SchemaCheck {
    private final SchemaNode schema;
    private final FieldList fields;
    private final StrictJson json;
    private final @Nullable SchemaObserver observer;
    private final boolean namesExact;
    private volatile @Nullable Shape shape;

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
        @Nullable Document inOrder = inOrder(body);
        return inOrder == null ? told(body) : inOrder;
    }

    /** The document if a walk over its bytes finds it in order; null if the other walk has to tell. */
    @Nullable
    Document inOrder(byte[] body) {
        try {
            return new ByteWalk(body, json.maxDepth(), fields.size(), observer, namesExact).document(shape());
        } catch (InDoubt doubt) {
            return null;
        }
    }

    /** What is made at first reading: fields are still added while a pack is compiled. */
    private Shape shape() {
        Shape made = shape;
        if (made == null) {
            made = ShapeCompiler.compiled(schema, fields.root());
            shape = made;
        }
        return made;
    }

    /** The document with all that is wrong with it, or why it is none. */
    Reading told(byte[] body) {
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
