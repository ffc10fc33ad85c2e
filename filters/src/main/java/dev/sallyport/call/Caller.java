package dev.sallyport.call;

import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from, as far as limits and token checks ask, and how long its caller waits. Not printed: an address is
 * personal.
 *
 * @param project the project in the path, or the user name of the caller's Basic credentials; null if there is none that can be
 *     read
 * @param address as the connection, or a header that is trusted, tells it
 * @param deadline by when it has its answer
 * @param trail by what the call is found again
 * @param identification what says who the caller is beside the fields of its calls, and who it proved to be
 */
public record Caller(
        @Nullable String project, String address, Deadline deadline, Trail trail, Identification identification) {
    /** A caller who shows no certificate. */
    public Caller(@Nullable String project, String address, Deadline deadline, Trail trail) {
        this(project, address, deadline, trail, new Identification(null));
    }

    /** A caller who waits for as long as it takes. */
    public Caller(@Nullable String project, String address) {
        this(project, address, Deadline.NONE);
    }

    /** A caller whose calls leave no trail. */
    public Caller(@Nullable String project, String address, Deadline deadline) {
        this(project, address, deadline, Trail.NONE);
    }

    /** The same caller with another time. */
    Caller within(Deadline other) {
        return new Caller(project, address, other, trail, identification);
    }

    @Override
    public String toString() {
        return "caller";
    }
}
