package dev.sallyport.config.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings file: the one that the command line names, else the one in the working folder if it is there. */
public final class SettingsFile {
    private static final Path DEFAULT = Path.of("sallyport.yml");

    private SettingsFile() {}

    /**
     * Where it is; empty if none is named and there is none.
     *
     * @throws UnusableFile if the one that is named cannot be read, or is no YAML by its name
     */
    public static Optional<Path> of(@Nullable Path named) {
        if (named == null) {
            return Optional.of(DEFAULT).filter(Files::isReadable);
        }
        NamedFile.readable(named, "settings file");
        if (!named.toString().matches(".*\\.ya?ml")) {
            throw new UnusableFile("the name of a settings file ends in .yml or .yaml, unlike " + named);
        }
        return Optional.of(named);
    }
}
