package dev.sallyport.tools.replay;

import dev.sallyport.capture.replay.RecordedCall;
import dev.sallyport.capture.replay.Replay;
import dev.sallyport.capture.replay.UnreadableLine;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.FileFailure;
import dev.sallyport.tools.replay.CaptureLines.Line;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Replays a capture, line by line, and prints what was found. */
public final class ReplayRun {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /**
     * A run.
     *
     * @param terminal whether a person looks at {@code err}
     */
    public ReplayRun(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * What to print, and when to stop.
     *
     * @param json for a machine
     * @param limit the most calls that are replayed
     */
    public record Options(boolean json, long limit) {}

    /** Returns 0 if nothing would be refused, 1 if something would be or there was no call, 2 if the capture cannot be read. */
    public int of(Path capture, String pack, ContractCatalog catalog, Options options) {
        var summary = new ReplaySummary();
        boolean whole = read(capture, new Replay(catalog), options.limit(), summary);
        boolean none = summary.calls() == 0 && summary.unreadableLines() > 0;
        if (whole || summary.calls() + summary.unreadableLines() > 0) {
            var report = new ReplayReport(pack, summary);
            out.println(options.json() ? report.json() : report.text().stripTrailing());
        }
        if (!whole || none) {
            return 2;
        }
        return summary.refused() > 0 || summary.calls() == 0 ? 1 : 0;
    }

    /** Whether it was read to its end, or as far as was asked for. */
    private boolean read(Path capture, Replay replay, long limit, ReplaySummary summary) {
        long line = 0;
        try (var lines = CaptureLines.of(capture)) {
            var progress = new Progress(err, Files.size(capture), terminal);
            for (@Nullable Line next = lines.next(); next != null && summary.calls() < limit; next = lines.next()) {
                line = next.number();
                replay(next, replay, summary);
                progress.at(lines.position(), line);
            }
            progress.end();
            return true;
        } catch (IOException unreadable) {
            String where = line == 0 ? "" : " any further than line " + line;
            err.println(
                    "sallyport: capture " + capture + " cannot be read" + where + ": " + FileFailure.words(unreadable));
            return false;
        }
    }

    private static void replay(Line line, Replay replay, ReplaySummary summary) {
        try {
            if (line.isTooLong()) {
                throw new UnreadableLine("is too long");
            }
            RecordedCall call = RecordedCall.of(line.bytes());
            summary.call(line.number(), call.operation(), replay.of(call));
        } catch (UnreadableLine unreadable) {
            summary.unreadable(line.number(), unreadable.why());
        }
    }
}
