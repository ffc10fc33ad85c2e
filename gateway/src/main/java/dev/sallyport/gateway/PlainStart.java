package dev.sallyport.gateway;

import dev.sallyport.config.file.SettingsFile;
import dev.sallyport.config.file.UnusableFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line of most starts: {@code run}, at most one settings file, and properties. It is read without picocli, whose classes
 * and reflection take a twentieth of a start's work. All else, and all that is wrong, is {@link Cli}'s.
 */
final class PlainStart {
    private static final String CONFIG = "--config";
    private static final List<String> OPTIONS = List.of(CONFIG, "--help", "--version");

    private PlainStart() {}

    /** As arguments for Spring; empty if the command line is not of this kind. */
    static Optional<List<String>> arguments(String... line) {
        if (line.length == 0 || !line[0].equals("run")) {
            return Optional.empty();
        }
        @Nullable String file = null;
        List<String> properties = new ArrayList<>();
        for (int next = 1; next < line.length; next++) {
            boolean isApart = line[next].equals(CONFIG) && next + 1 < line.length && !isSpecial(line[next + 1]);
            String argument = isApart ? CONFIG + "=" + line[++next] : line[next];
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals <= 2) {
                return Optional.empty();
            }
            if (!OPTIONS.contains(argument.substring(0, equals))) {
                properties.add(argument);
            } else if (file == null && argument.startsWith(CONFIG)) {
                file = argument.substring(equals + 1);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(forSpring(properties, file == null ? null : Path.of(file)));
        } catch (UnusableFile | InvalidPathException wrong) {
            return Optional.empty();
        }
    }

    /** Whether it may be no value, but an option or a file of arguments. */
    private static boolean isSpecial(String argument) {
        return argument.startsWith("-") || argument.startsWith("@");
    }

    /**
     * Properties, and where Spring finds the settings file.
     *
     * @throws UnusableFile if there is no such file
     */
    static List<String> forSpring(List<String> properties, @Nullable Path file) {
        List<String> arguments = new ArrayList<>(properties);
        SettingsFile.of(file)
                .map(found -> "--spring.config.additional-location="
                        + found.toAbsolutePath().toUri())
                .ifPresent(arguments::add);
        return arguments;
    }
}
