/**
 * Fetching key sets and keeping them current: one fetch at a time serves every call that waits for it, the last good set stays
 * while fetches fail, and fetches for key ids that no key set has are limited.
 */
@NullMarked
package dev.sallyport.token.keys.fetch;

import org.jspecify.annotations.NullMarked;
