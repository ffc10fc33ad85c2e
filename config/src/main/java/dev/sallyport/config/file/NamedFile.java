package dev.sallyport.config.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that the command line names. */
public final class NamedFile {
    private NamedFile() {}

    /**
     * Returns the file if it can be read.
     *
     * @param what it is for, such as {@code settings file}
     * @throws UnusableFile if it cannot
     */
    public static Path readable(Path file, String what) {
        Optional<String> problem = problem(file);
        if (problem.isPresent()) {
            throw new UnusableFile(what + " " + file + " cannot be read: " + problem.get());
        }
        return file;
    }

    private static Optional<String> problem(Path file) {
        if (file.toString().isEmpty()) {
            return Optional.of("its name is empty");
        }
        if (!Files.exists(file)) {
            return Optional.of("no such file");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of(Files.isDirectory(file) ? "it is a folder" : "it is no regular file");
        }
        return Files.isReadable(file) ? Optional.empty() : Optional.of("permission denied");
    }
}
