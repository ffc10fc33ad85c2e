package dev.sallyport.loadtests;

import dev.sallyport.loadtests.gateways.Jars;
import dev.sallyport.loadtests.process.Jvm;
import dev.sallyport.loadtests.process.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every measurement can be told. */
public final class CommonOptions {
    @Option(
            names = "--java",
            paramLabel = "HOME",
            description = "The JDK for everything (default: JAVA_HOME, else the java on the path).")
    private Path home = Path.of(System.getProperty("java.home"));

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "For results and logs (default: a new one in load-tests/target).")
    private @Nullable Path out;

    @Option(names = "--no-nginx", description = "Does as if nginx were not installed.")
    private boolean withoutNginx;

    @Option(names = "--jars", required = true, hidden = true)
    private Path jars = Path.of("");

    @Option(names = "--checkout", required = true, hidden = true)
    private Path checkout = Path.of("");

    @Option(names = "--commit", defaultValue = "unknown", hidden = true)
    private String commit = "";

    /** The JDK with flags. */
    public Jvm jvm(List<String> flags) {
        return new Jvm(home, flags);
    }

    public Jars jars() {
        return new Jars(jars);
    }

    public Path checkout() {
        return checkout;
    }

    public String commit() {
        return commit;
    }

    public Optional<Nginx> nginx() {
        return withoutNginx ? Optional.empty() : Nginx.installed();
    }

    /** Flags as they are written on a command line. */
    public static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    /** Refuses a number below 1 as a mistake on the command line. */
    public static void requirePositive(CommandSpec spec, String option, long value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + ", expected 1 or more");
        }
    }

    /** The folder for results, which exists from now on. */
    public Path out(String measurement) throws IOException {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[^0-9TZ]", "");
        Path folder = out == null
                ? checkout.resolve("load-tests/target").resolve(measurement).resolve(now)
                : out;
        return Files.createDirectories(folder).toAbsolutePath();
    }
}
