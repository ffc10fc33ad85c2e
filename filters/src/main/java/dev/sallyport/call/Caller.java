package dev.sallyport.call;

import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from, as far as limits and token checks ask. Not printed: an address is personal.
 *
 * @param project the project in the path, or the user name of the caller's Basic credentials; null if there is none that can be
 *     read
 * @param address as the connection, or a header that is trusted, tells it
 */
public record Caller(@Nullable String project, String address) {
    @Override
    public String toString() {
        return "caller";
    }
}
