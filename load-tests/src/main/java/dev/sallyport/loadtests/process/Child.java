package dev.sallyport.loadtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that a measurement started, with a log of its own. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TAIL = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a command whose output goes to {@code name.log} in a folder. */
    public static Child start(String name, Path folder, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException failed) {
            throw new MeasurementFailed(name + " does not start", failed);
        }
    }

    /**
     * Returns when something holds, looking every so often.
     *
     * @throws MeasurementFailed with the end of the log, if the process ends before or it takes minutes
     */
    public void await(String what, Duration every, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            runsFor(every);
            if (System.nanoTime() > end) {
                throw new MeasurementFailed(
                        name + ": " + what + " did not come within " + PATIENCE.toSeconds() + " s:\n" + tail());
            }
        }
    }

    /**
     * Returns when it has ended by itself.
     *
     * @throws MeasurementFailed with the end of the log, if it says that it failed, or takes minutes
     */
    public void awaitEnd() {
        if (!endsWithin(PATIENCE)) {
            throw new MeasurementFailed(name + " did not end within " + PATIENCE.toSeconds() + " s:\n" + tail());
        }
        if (process.exitValue() != 0) {
            throw new MeasurementFailed(name + " ended with status " + process.exitValue() + ":\n" + tail());
        }
    }

    /** Returns after some time, in which it must not end. */
    public void runsFor(Duration time) {
        if (endsWithin(time)) {
            throw new MeasurementFailed(name + " ended with status " + process.exitValue() + ":\n" + tail());
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MeasurementFailed("interrupted");
        }
    }

    public long pid() {
        return process.pid();
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException unreadable) {
            return "(no log)";
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!endsWithin(Duration.ofSeconds(10))) {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
