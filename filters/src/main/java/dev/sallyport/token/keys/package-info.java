/**
 * The keys that session tokens are verified with: key sets, fetching and refreshing them, keeping the last good ones, and a limit
 * on fetches for key ids that no key set has. No call waits for a fetch that another call has begun without need.
 */
@NullMarked
package dev.sallyport.token.keys;

import org.jspecify.annotations.NullMarked;
