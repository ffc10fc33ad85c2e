package dev.sallyport.gateway.keys;

import dev.sallyport.config.Settings;
import dev.sallyport.config.token.JwksSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.token.keys.SavedKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file that keys outlive a process in. A process that can write it decides which sessions are genuine: it is ours alone to
 * write, and a file that others may write is not believed. Blocks; not for an event loop.
 */
public final class KeyFile {
    private static final long LARGEST = 16L * 1024 * 1024;
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    public KeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Throws if no file can be made where keys are to be kept: told at the start, and not when the first ones are saved. */
    public static void check(Settings settings) {
        check("sallyport.session-token", settings.sessionToken().jwks());
        settings.callers().issuer().ifPresent(issuer -> {
            check("sallyport.callers.jwt", issuer.jwks());
            checkOwn(settings.sessionToken().jwks(), issuer.jwks());
        });
    }

    /** Each would write over what the other has saved, and the next start would find the keys of one of them alone. */
    private static void checkOwn(JwksSettings sessions, JwksSettings callers) {
        Optional<Path> taken = sessions.file().map(KeyFile::place);
        callers.file().filter(named -> taken.equals(Optional.of(place(named)))).ifPresent(named -> {
            throw new InvalidSetting(
                    "sallyport.callers.jwt.jwks.file",
                    "another file than that of sallyport.session-token.jwks.file",
                    named);
        });
    }

    /** One name for a file, which may not be there yet, by whatever links its folder is named. */
    private static Path place(String named) {
        Path file = Path.of(named).toAbsolutePath();
        try {
            return file.resolveSibling(".").toRealPath().resolve(file.getFileName());
        } catch (IOException unreadable) { // a folder that can be written, or it would have been refused
            return file.normalize();
        }
    }

    private static void check(String section, JwksSettings settings) {
        settings.file().ifPresent(named -> {
            Path file = Path.of(named).toAbsolutePath();
            if (!Files.isWritable(file.resolveSibling(".")) || Files.isDirectory(file)) {
                throw new InvalidSetting(section + ".jwks.file", "a file that can be written", named);
            }
        });
    }

    /**
     * What was saved; nothing if there is no file.
     *
     * @throws IOException if there is one that is damaged or cannot be believed, without a word of its contents
     */
    SavedKeys read() throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("is too large to be ours");
            }
            if (isPosix() && othersMayWrite()) {
                throw new IOException("may be written by others");
            }
            return SavedKeys.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException first) {
            return new SavedKeys(List.of());
        } catch (ParseException damaged) {
            throw new IOException("is damaged", damaged);
        }
    }

    private boolean othersMayWrite() throws IOException {
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
        return allowed.contains(PosixFilePermission.GROUP_WRITE) || allowed.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Replaces the file at once, so that a reader, or a crash, finds the old one or the new one whole. */
    void write(SavedKeys keys) throws IOException {
        Path folder = file.resolveSibling(".").normalize();
        FileAttribute<?>[] attributes = isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWN)}
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(folder, file.getFileName().toString(), ".tmp", attributes);
        try {
            Files.writeString(draft, keys.json(), StandardCharsets.UTF_8);
            try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
