package dev.sallyport.token.keys.fetch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key fetch that brought nothing, for the log: why, and what went wrong underneath. Says nothing of what came. */
public final class FetchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FetchFault fault;

    /**
     * A failed fetch.
     *
     * @param cause what was thrown; null if nothing was
     */
    public FetchFailed(FetchFault fault, @Nullable Throwable cause) {
        super(fault.label(), cause, false, false);
        this.fault = Objects.requireNonNull(fault);
    }

    public FetchFault fault() {
        return fault;
    }
}
