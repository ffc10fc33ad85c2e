package dev.sallyport.gateway.console.contracts;

import dev.sallyport.gateway.console.violations.ViolationsPage.Row;
import java.util.List;

/**
 * A member of a document, or one of its other parts, as its schema has it.
 *
 * @param place where the schema says so
 * @param marks what broke or drifted right here
 */
public record SchemaBranch(
        String name,
        String type,
        String constraints,
        boolean required,
        String place,
        List<Row> marks,
        List<SchemaBranch> below) {
    /** Whether anything broke or drifted here or below. */
    public boolean isMarked() {
        return !marks.isEmpty() || below.stream().anyMatch(SchemaBranch::isMarked);
    }
}
