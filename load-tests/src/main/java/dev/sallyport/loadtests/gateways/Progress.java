package dev.sallyport.loadtests.gateways;

import java.io.PrintWriter;
import java.util.Locale;

/** Says on the standard error what takes long. */
public final class Progress {
    private final PrintWriter err;

    /** On a writer. */
    public Progress(PrintWriter err) {
        this.err = err;
    }

    /** A line. */
    public void says(String what) {
        err.println(what);
        err.flush();
    }

    /** Grows on one line. */
    public void warms(String gateway, long calls, long of) {
        err.printf(Locale.ROOT, "\rwarming up %-14s %8d of %d calls", gateway, calls, of);
        if (calls >= of) {
            err.println();
        }
        err.flush();
    }
}
