package dev.sallyport.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.rejection.Violation;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checks a body with the library: for schemas with keywords that {@link OnePassCheck} does not cover. Slower, complete. */
final class LibraryCheck implements SchemaCheck {
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Schema schema;
    private final SchemaCheck strict;

    LibraryCheck(Schema schema, FieldList fields, StrictJson json) {
        this.schema = schema;
        this.strict = new OnePassCheck(SchemaNode.ANYTHING, fields, json);
    }

    /** The strict pass picks the fields out and refuses what is not strict JSON; the library then judges a tree. */
    @Override
    public Reading read(byte[] body) {
        Reading reading = strict.read(body);
        return reading instanceof Document document ? judged(body, document) : reading;
    }

    private Reading judged(byte[] body, Document document) {
        try {
            List<Violation> violations = PatternWork.ofDocument(() -> schema.validate(TREES.readTree(body))).stream()
                    .limit(Rule.MOST_VIOLATIONS)
                    .map(this::violation)
                    .toList();
            return document.with(violations);
        } catch (JacksonException broken) {
            return StrictJson.problem(broken);
        } catch (PatternWork.TooMuch tooLong) {
            return new Unreadable("has texts that are too long for their patterns", -1);
        } catch (SchemaException unfollowed) {
            return new Unreadable("has a value for which the contract leads nowhere", -1);
        } catch (ArithmeticException | NumberFormatException absurd) {
            return StrictJson.absurdNumber();
        }
    }

    private Violation violation(Error error) {
        String keyword = error.getKeyword();
        String at = error.getInstanceLocation().toString();
        boolean missing = keyword.equals("required") && error.getProperty() != null;
        String pointer = missing ? at + "/" + Pointers.escaped(String.valueOf(error.getProperty())) : at;
        return new Violation(pointer, keyword, SchemaFiles.place(error.getSchemaLocation()), words(keyword), null);
    }

    /** The library's own messages may quote the value; ours do not. */
    private static String words(String keyword) {
        return keyword.equals("required") ? "is required" : "breaks the contract's \"" + keyword + "\"";
    }
}
