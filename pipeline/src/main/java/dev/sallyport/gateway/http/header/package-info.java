/**
 * Header fields: which of them end at the edge, which the gateway adds, and the credentials among them.
 */
@NullMarked
package dev.sallyport.gateway.http.header;

import org.jspecify.annotations.NullMarked;
