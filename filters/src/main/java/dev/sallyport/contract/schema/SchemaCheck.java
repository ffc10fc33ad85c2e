package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;

/**
 * Reads a body strictly and once, says where it departs from a schema, and picks out the values that rules look at. The
 * seam behind which validators are compared. Thread-safe; holds no state of a call.
 */
@FunctionalInterface
public interface SchemaCheck {
    /** More violations than these are not listed: a hostile body must not make a long answer. */
    int MOST_VIOLATIONS = 50;

    Reading read(byte[] body);

    /** The same check, telling an observer what it sees beside the schema; itself if it cannot. */
    default SchemaCheck observedBy(SchemaObserver observer) {
        return this;
    }
}
