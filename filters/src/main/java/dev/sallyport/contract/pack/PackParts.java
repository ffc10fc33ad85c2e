package dev.sallyport.contract.pack;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Fields;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.ErrorShape;

/** What is known of a pack before its contracts are compiled. */
record PackParts(
        PackFiles files,
        StrictJson json,
        Catalog catalog,
        MessageSchemas schemas,
        CatalogRules rules,
        ErrorShape errors) {
    PackProblem problem(String place, String message) {
        return new PackProblem(files.shown(Catalog.FILE), place, message);
    }

    /** Where a document has a value, by a pointer that stands in the catalog. */
    Field field(Fields fields, String document, String pointer, String place) {
        try {
            return fields.field(document + ":" + pointer);
        } catch (IllegalArgumentException none) {
            throw problem(place, String.valueOf(none.getMessage()));
        }
    }
}
