package dev.sallyport.loadtests.profile;

import dev.sallyport.loadtests.process.MeasurementFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import one.profiler.AsyncProfilerLoader;

/** async-profiler in a JVM that runs already: samples of CPU time over all of its threads, native frames included. */
public final class Profiler {
    /** {@code cpu} asks the kernel, whose frames it brings; the others are timers and need no permission. */
    private static final List<String> EVENTS = List.of("cpu", "ctimer", "itimer");

    private static final String INTERVAL = "1ms";
    private static final Path PARANOID = Path.of("/proc/sys/kernel/perf_event_paranoid");

    private final String process;
    private final String event;

    private Profiler(String process, String event) {
        this.process = process;
        this.event = event;
    }

    /** Begins, with the best kind of samples that this system permits. */
    public static Profiler attached(long pid) {
        if (!AsyncProfilerLoader.isSupported()) {
            throw new MeasurementFailed("async-profiler has no library for this system");
        }
        String process = Long.toString(pid);
        List<String> refusals = new ArrayList<>();
        for (String event : EVENTS) {
            try {
                run("start", "-e", event, "-i", INTERVAL, process);
                return new Profiler(process, event);
            } catch (IOException refused) {
                refusals.add(event + ": " + refused.getMessage());
            }
        }
        throw new MeasurementFailed("async-profiler does not start: " + refusals);
    }

    /** Ends, and writes every stack with its samples, and the same as a flame graph. */
    public void stop(Path stacks, Path flameGraph) {
        try {
            run("dump", "-o", "collapsed", "-f", stacks.toString(), process);
            run("stop", "-o", "flamegraph", "-f", flameGraph.toString(), process);
        } catch (IOException failed) {
            throw new MeasurementFailed("async-profiler gave no profile", failed);
        }
    }

    /** How the samples were taken. */
    public String about(boolean sawTheKernel) throws IOException {
        String how = "async-profiler " + AsyncProfilerLoader.getVersion() + ", event " + event + " every " + INTERVAL;
        return sawTheKernel
                ? how + ", native and kernel frames included"
                : how + "; no kernel frames (kernel.perf_event_paranoid is "
                        + Files.readString(PARANOID).strip()
                        + "): time in the kernel counts for the call that led there";
    }

    private static void run(String... arguments) throws IOException {
        var result = AsyncProfilerLoader.executeProfiler(arguments);
        if (result.getStderr().contains("ERROR")) {
            throw new IOException(Arrays.asList(arguments) + ": " + result.getStderr());
        }
    }
}
