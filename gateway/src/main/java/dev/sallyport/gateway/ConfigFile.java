package dev.sallyport.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The settings file: the one that the command line names, else the one in the working folder if it is there. */
final class ConfigFile {
    private static final Path DEFAULT = Path.of("sallyport.yml");

    private ConfigFile() {}

    /** As an argument for Spring. */
    static Optional<String> argument(@Nullable Path named, CommandLine line) {
        if (named != null) {
            NamedFile.readable(named, "settings file", line);
        }
        if (named != null && !named.toString().matches(".*\\.ya?ml")) {
            throw new ParameterException(line, "the name of a settings file ends in .yml or .yaml, unlike " + named);
        }
        Path file = named == null ? DEFAULT : named;
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        return Optional.of(
                "--spring.config.additional-location=" + file.toAbsolutePath().toUri());
    }
}
