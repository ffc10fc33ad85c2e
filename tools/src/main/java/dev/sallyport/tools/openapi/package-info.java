/**
 * Makes a contract pack from an OpenAPI document (3.0, 3.1). {@link dev.sallyport.tools.openapi.OpenApiImport} converts and
 * does nothing else; {@link dev.sallyport.tools.openapi.pack.NewPack} writes what came out and tries it. What the document says
 * and a pack cannot is told in {@link dev.sallyport.tools.openapi.document.Note}s.
 */
@NullMarked
package dev.sallyport.tools.openapi;

import org.jspecify.annotations.NullMarked;
