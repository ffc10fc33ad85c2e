package dev.sallyport.gateway.log;

import org.jspecify.annotations.Nullable;

/** A bug as the log shows it: the stacks of a chain of exceptions, and of their messages only the harmless ones. */
public final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 5;

    private Bug(Throwable shown, @Nullable Throwable cause) {
        super(Causes.one(shown), cause, false, true);
        setStackTrace(shown.getStackTrace());
    }

    /** The bug, to be given to a logger. */
    public static Bug of(Throwable bug) {
        return of(bug, MOST);
    }

    private static Bug of(Throwable bug, int links) {
        @Nullable Throwable cause = bug.getCause();
        return new Bug(bug, cause == null || links <= 1 ? null : of(cause, links - 1));
    }

    /** What tells one bug from another: the class, and where it was thrown. */
    static String kind(Throwable bug) {
        StackTraceElement[] stack = bug.getStackTrace();
        return bug.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
    }
}
