/**
 * A contract pack as an OpenAPI 3.1 document, for documentation and for tools that generate calls. Its schemas are those of the
 * pack, whose references lead to other places. What a document cannot say, rules and tokens, is named in its descriptions.
 */
@NullMarked
package dev.sallyport.contract.openapi;

import org.jspecify.annotations.NullMarked;
