package dev.sallyport.tools.replay;

import java.io.PrintStream;

/** One line on a terminal that says how far it is, a few times a second; nothing without a terminal. */
final class Progress {
    private static final long PAUSE = 250_000_000L;

    private final PrintStream err;
    private final long size;
    private final boolean shown;
    private long last;

    /** @param size of the whole file, in bytes */
    Progress(PrintStream err, long size, boolean shown) {
        this.err = err;
        this.size = size;
        this.shown = shown;
        this.last = System.nanoTime();
    }

    void at(long position, long line) {
        if (shown && System.nanoTime() - last > PAUSE) {
            last = System.nanoTime();
            err.printf("\r%3d%%  line %d", size == 0 ? 100 : 100 * position / size, line);
            err.flush();
        }
    }

    void end() {
        if (shown) {
            err.print("\r                              \r");
            err.flush();
        }
    }
}
