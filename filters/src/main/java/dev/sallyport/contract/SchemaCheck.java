package dev.sallyport.contract;

import dev.sallyport.call.Reading;

/**
 * Reads a body strictly and once, says where it departs from a schema, and picks out the values that rules look at. The
 * seam behind which validators are compared. Thread-safe; holds no state of a call.
 */
@FunctionalInterface
public interface SchemaCheck {
    Reading read(byte[] body);

    /** The same check, telling a watch what it sees beside the schema; itself if it cannot. */
    default SchemaCheck watchedBy(DriftWatch watch) {
        return this;
    }
}
