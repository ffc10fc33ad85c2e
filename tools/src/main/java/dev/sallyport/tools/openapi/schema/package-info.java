/**
 * From a schema of an OpenAPI document to JSON Schema 2020-12, keyword by keyword.
 */
@NullMarked
package dev.sallyport.tools.openapi.schema;

import org.jspecify.annotations.NullMarked;
