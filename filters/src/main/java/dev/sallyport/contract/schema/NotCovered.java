package dev.sallyport.contract.schema;

import dev.sallyport.contract.schema.file.SchemaFiles.Place;

/** Internal: a keyword that the one-pass check does not cover. */
final class NotCovered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotCovered(Place place, String keyword) {
        super(keyword + " at " + place, null, false, false);
    }
}
