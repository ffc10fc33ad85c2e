package dev.sallyport.loadtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where figures were taken.
 *
 * @param cores that the system offers
 * @param model of the processor
 * @param kernel the system's release
 * @param java version of the JDK that ran what was measured
 */
public record Machine(int cores, String model, String kernel, String java) {
    /** This one. */
    public static Machine here(Jvm jvm) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                modelName(),
                System.getProperty("os.version"),
                jvm.version());
    }

    /** How many processes wanted to run during the last minute. */
    public static double loadAverage() {
        return Double.parseDouble(read("/proc/loadavg").split(" ", 2)[0]);
    }

    private static String modelName() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: *", ""))
                .findFirst()
                .orElse("unknown");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException elsewhere) {
            throw new MeasurementFailed("needs Linux's " + file, elsewhere);
        }
    }

    @Override
    public String toString() {
        return cores + " cores (" + model + "), Linux " + kernel + ", JDK " + java;
    }
}
