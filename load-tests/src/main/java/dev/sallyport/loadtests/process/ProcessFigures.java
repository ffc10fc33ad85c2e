package dev.sallyport.loadtests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process in {@code /proc} (proc_pid_stat(5), proc_pid_status(5)). */
public final class ProcessFigures {
    private static final long TICK_MICROS = 1_000_000 / ticksPerSecond();

    /** Fields behind the command's name, the state being the first. */
    private static final int USER = 11;

    private static final int WAITED_FOR_SYSTEM = 14;

    private final Path folder;

    private ProcessFigures(Path folder) {
        this.folder = folder;
    }

    /** The figures of a process that runs. */
    public static ProcessFigures of(long pid) {
        return new ProcessFigures(Path.of("/proc", Long.toString(pid)));
    }

    /** User and system time until now, of processes that it waited for as well. */
    public long cpuMicros() {
        return cpuTicks(read("stat")) * TICK_MICROS;
    }

    /** Bytes that lie in memory now. */
    public long residentBytes() {
        return residentBytes(read("status"));
    }

    static long cpuTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = USER; field <= WAITED_FOR_SYSTEM; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks;
    }

    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new MeasurementFailed("the process has no VmRSS: did it end?"));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException gone) {
            throw new MeasurementFailed("a measured process ended, or this is not Linux", gone);
        }
    }

    private static long ticksPerSecond() {
        try {
            Process getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
            try (BufferedReader out = getconf.inputReader(StandardCharsets.US_ASCII)) {
                return Long.parseLong(String.valueOf(out.readLine()).strip());
            }
        } catch (IOException | NumberFormatException unknown) {
            throw new MeasurementFailed("getconf CLK_TCK does not say how long a tick is", unknown);
        }
    }
}
