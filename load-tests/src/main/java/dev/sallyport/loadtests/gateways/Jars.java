package dev.sallyport.loadtests.gateways;

import dev.sallyport.loadtests.process.MeasurementFailed;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is measured, as it was built. The script copies it, so that a build in the meantime pulls no jar from under a running JVM.
 *
 * @param folder where the copies lie
 */
public record Jars(Path folder) {
    public Path sallyport() {
        return jar("gateway");
    }

    public Path sandbox() {
        return jar("sandbox");
    }

    /** An application of Spring Cloud Gateway with the starter. */
    public Path starter() {
        return jar("starter");
    }

    /** Plain Spring Cloud Gateway. */
    public Path bare() {
        return jar("bare");
    }

    /** This program. */
    public Path measurements() {
        return jar("measurements");
    }

    private Path jar(String name) {
        Path jar = folder.resolve(name + ".jar");
        if (!Files.isReadable(jar)) {
            throw new MeasurementFailed("no " + jar + ": run the script in load-tests, which brings it");
        }
        return jar;
    }
}
