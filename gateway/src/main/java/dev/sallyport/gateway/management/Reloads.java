package dev.sallyport.gateway.management;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes up changed settings and contracts while calls run. Thread-safe; a reload blocks, so not for event loops. */
public interface Reloads {
    /** What became of a reload. */
    enum Result {
        /** Something had changed and serves calls now. */
        RELOADED,
        /** All was as before. */
        UNCHANGED,
        /** Something is wrong with what was read; what served calls before goes on. */
        REFUSED
    }

    /** What asked for a reload. */
    enum By {
        /** Files changed. */
        FILES,
        ENDPOINT,
        /** Someone who had signed in to the console, whom its audit line names. */
        CONSOLE
    }

    /**
     * One reload.
     *
     * @param by what asked for it
     * @param generation which one serves calls now; 1 at the start
     * @param changed settings keys whose values were taken up, and {@code contract pack} if its files changed
     * @param needRestart settings keys whose new values wait for a restart
     * @param problems why it was refused: settings keys, files and places, no values of secrets
     */
    record Report(
            Instant at,
            By by,
            Result result,
            int generation,
            List<String> changed,
            List<String> needRestart,
            List<String> problems) {}

    /** Reads settings and contracts again. */
    Report reload(By by);

    /** The last reload; empty if there was none. */
    Optional<Report> last();
}
