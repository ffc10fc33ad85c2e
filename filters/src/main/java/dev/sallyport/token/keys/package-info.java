/**
 * The keys that session tokens are verified with: which of a published set are of use, key sets on disk, and what the token check
 * asks for them. How they come, and stay current, is in {@code token.keys.fetch}.
 */
@NullMarked
package dev.sallyport.token.keys;

import org.jspecify.annotations.NullMarked;
