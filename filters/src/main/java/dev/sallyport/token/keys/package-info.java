/**
 * The keys that session tokens are verified with: key sets, fetching and refreshing them, keeping the last good ones, and a limit
 * on fetches for key ids that no key set has. One fetch at a time serves every call that waits for it. Reading a set and keeping it
 * current share what a key's flaw and a fetch's fault are, which is why they are one package.
 */
@NullMarked
package dev.sallyport.token.keys;

import org.jspecify.annotations.NullMarked;
