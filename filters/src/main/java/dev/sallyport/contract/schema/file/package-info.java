/**
 * The schema files of a pack: reading them, what they must keep to beyond the meta-schema, the library's view of them, and which
 * members they name.
 */
@NullMarked
package dev.sallyport.contract.schema.file;

import org.jspecify.annotations.NullMarked;
