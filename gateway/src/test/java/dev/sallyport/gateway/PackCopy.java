package dev.sallyport.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A copy of the built-in pack in a folder, to be changed; with the examples of one operation, which are enough to try. */
final class PackCopy {
    private static final Path BUILT_IN = Path.of("../config/src/main/resources/contracts/stytch");

    private PackCopy() {}

    static void into(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(BUILT_IN)) {
            for (Path file : files.filter(PackCopy::isWanted).toList()) {
                Path copied = folder.resolve(BUILT_IN.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.write(copied, Files.readAllBytes(file));
                }
            }
        }
    }

    private static boolean isWanted(Path file) {
        return !file.toString().contains("examples") || file.toString().contains("sessions.migrate");
    }
}
