/**
 * What the provider says, good or bad: JSON bodies with a request id and a status code, and the five-member error shape.
 * Refusals are thrown from any depth of an operation and rendered in one place. Knows nothing of HTTP servers.
 */
@NullMarked
package dev.sallyport.sandbox.reply;

import org.jspecify.annotations.NullMarked;
