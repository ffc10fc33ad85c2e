package dev.sallyport.loadtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All processes of a measurement: stopped when it ends, also by an interrupt. */
public final class Children implements AutoCloseable {
    private final Deque<Child> running = new ArrayDeque<>();
    private final Path logs;
    private final Path scratch;
    private final Thread onExit = new Thread(this::stop);

    /** Children whose logs go to a folder. */
    public Children(Path logs) {
        this.logs = logs;
        try {
            this.scratch = Files.createTempDirectory("sallyport-measured");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Starts a process. */
    public Child start(String name, List<String> command) {
        return start(name, command, Map.of());
    }

    /** Starts a process with more in its environment. */
    public synchronized Child start(String name, List<String> command, Map<String, String> environment) {
        Child child = Child.start(name, logs, command, environment);
        running.push(child);
        return child;
    }

    /** Stops one of them now. */
    public synchronized void stop(Child child) {
        running.remove(child);
        child.close();
    }

    /** A folder that is gone afterwards. */
    public Path scratch() {
        return scratch;
    }

    private synchronized void stop() {
        running.forEach(Child::close);
        running.clear();
        try (Stream<Path> files = Files.walk(scratch)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
