package dev.sallyport.loadtests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK and the flags that every JVM of a measurement gets.
 *
 * @param home the JDK
 * @param flags for each JVM
 */
public record Jvm(Path home, List<String> flags) {
    private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(?<full>(?<major>\\d+)[^\"]*)\"");

    /** Where they warn of Unsafe and native libraries, those that {@code ./sallyport} passes. */
    private static final List<String> NEWER =
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    public Jvm {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            throw new MeasurementFailed("no java at " + home.resolve("bin/java"));
        }
        flags = List.copyOf(flags);
    }

    /** The JDK's Java version. */
    public String version() {
        return release().group("full");
    }

    private Matcher release() {
        try {
            Matcher found = RELEASE.matcher(Files.readString(home.resolve("release")));
            if (found.find()) {
                return found;
            }
        } catch (IOException unreadable) {
            throw new MeasurementFailed("no JDK at " + home, unreadable);
        }
        throw new MeasurementFailed("no JDK at " + home + ": its release file has no JAVA_VERSION");
    }

    /** The command that runs {@code java} with the flags and these arguments. */
    public List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        if (Integer.parseInt(release().group("major")) >= 24) {
            command.addAll(NEWER);
        }
        command.addAll(flags);
        command.addAll(arguments);
        return command;
    }

    /** The same JDK with further flags. */
    public Jvm with(List<String> more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(more);
        return new Jvm(home, all);
    }
}
