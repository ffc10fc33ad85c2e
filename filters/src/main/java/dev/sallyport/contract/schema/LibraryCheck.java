package dev.sallyport.contract.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.pattern.BoundedInput;
import dev.sallyport.json.Pointers;
import dev.sallyport.json.StrictJson;
import dev.sallyport.json.Trees;
import dev.sallyport.rejection.Violation;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** Checks a body with the library: for schemas with keywords that {@link OnePassCheck} does not cover. Slower, complete. */
final class LibraryCheck implements SchemaCheck {
    private final Schema schema;
    private final SchemaFiles files;
    private final SchemaCheck strict;

    /**
     * A check by the library.
     *
     * @param files where the bounds stand that its words name
     * @param strict picks the fields out, and refuses what is not strict JSON
     */
    LibraryCheck(Schema schema, SchemaFiles files, SchemaCheck strict) {
        this.schema = schema;
        this.files = files;
        this.strict = strict;
    }

    /** The strict pass picks the fields out and refuses what is not strict JSON; the library then judges a tree. */
    @Override
    public Reading read(byte[] body) {
        Reading reading = strict.read(body);
        return reading instanceof Document document ? judged(body, document) : reading;
    }

    private Reading judged(byte[] body, Document document) {
        try {
            List<Error> errors = BoundedInput.ofDocument(() -> schema.validate(Trees.read(body)));
            return document.with(Stream.concat(
                            document.violations().stream(), errors.stream().map(this::violation))
                    .limit(MOST_VIOLATIONS)
                    .toList());
        } catch (JacksonException broken) {
            return StrictJson.problem(broken);
        } catch (BoundedInput.TooMuch tooLong) {
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
        String place = SchemaFiles.place(error.getSchemaLocation());
        return new Violation(pointer, keyword, place, KeywordMessages.of(keyword, files.keyword(place)), null);
    }
}
