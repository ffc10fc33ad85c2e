/**
 * Makes a contract pack from an OpenAPI document (3.0, 3.1). {@link dev.sallyport.contract.openapi.OpenApiImport} converts and
 * does nothing else; {@link dev.sallyport.contract.openapi.NewPack} writes what came out and tries it. What the document says
 * and a pack cannot is told in {@link dev.sallyport.contract.openapi.Note}s. Nothing here runs while calls are served.
 */
@NullMarked
package dev.sallyport.contract.openapi;

import org.jspecify.annotations.NullMarked;
