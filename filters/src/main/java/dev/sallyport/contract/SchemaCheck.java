package dev.sallyport.contract;

import dev.sallyport.call.Reading;

/**
 * Reads a body strictly and once, says where it departs from a schema, and picks out the values that rules look at. The
 * seam behind which validators are compared. Thread-safe; holds no state of a call.
 */
@FunctionalInterface
public interface SchemaCheck {
    Reading read(byte[] body);
}
