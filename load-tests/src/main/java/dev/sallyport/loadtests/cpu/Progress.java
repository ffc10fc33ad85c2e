package dev.sallyport.loadtests.cpu;

import java.io.PrintWriter;
import java.util.Locale;

/** Says on the standard error what takes long. */
final class Progress {
    private final PrintWriter err;

    Progress(PrintWriter err) {
        this.err = err;
    }

    void says(String what) {
        err.println(what);
        err.flush();
    }

    void warms(String gateway, long calls, long of) {
        err.printf(Locale.ROOT, "\rwarming up %-14s %8d of %d calls", gateway, calls, of);
        if (calls >= of) {
            err.println();
        }
        err.flush();
    }
}
