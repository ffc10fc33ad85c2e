/**
 * Checking a body against its JSON Schema. A {@link dev.sallyport.contract.schema.SchemaCheck} reads a body once, checks it on
 * the way, and picks out the values that rules look at. {@link dev.sallyport.contract.schema.SchemaCompiler} makes the one-pass
 * check of a schema, or the library's where the one-pass check does not cover it. The walk, the nodes that it walks along and
 * their compiler share their insides, which is why they are one package. The schema files themselves are in {@code …schema.file}.
 */
@NullMarked
package dev.sallyport.contract.schema;

import org.jspecify.annotations.NullMarked;
