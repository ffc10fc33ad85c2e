package dev.sallyport.gateway.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that only its owner may read. Before it would grow too large, it becomes {@code .1}, what was
 * {@code .1} becomes {@code .2}, and the oldest goes. For one thread. Written by hand because a rolling appender of the log
 * keeps a failed write to itself, and a line that is lost has to be counted.
 */
final class CaptureFile implements AutoCloseable {
    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final long maxSize;
    private final int files;
    private @Nullable SeekableByteChannel channel;
    private long size;

    /**
     * A file that is opened with the first line.
     *
     * @param maxSize bytes; a single longer line is still written
     * @param files how many are kept, this one included
     */
    CaptureFile(Path file, long maxSize, int files) {
        this.file = file;
        this.maxSize = maxSize;
        this.files = files;
    }

    /** Why the file could not be opened, as far as it can be told without making it; empty if nothing speaks against it. */
    static Optional<String> problem(Path path) {
        Path file = path.toAbsolutePath();
        @Nullable Path folder = file.getParent();
        if (Files.isDirectory(file)) {
            return Optional.of("is a directory");
        }
        if (!Files.exists(file) && (folder == null || !Files.isDirectory(folder))) {
            return Optional.of("no such file or directory");
        }
        boolean allowed = Files.exists(file) ? Files.isWritable(file) : folder != null && Files.isWritable(folder);
        return allowed ? Optional.empty() : Optional.of("permission denied");
    }

    /** Opens the file, so that it is known early whether that can be done. */
    void open() throws IOException {
        channel();
    }

    /** Appends a line. After a failure the next one starts on a line of its own. */
    void write(byte[] line) throws IOException {
        try {
            channel(); // after a failure, the size is that of the file which is there now
            if (size > 0 && size + line.length > maxSize) {
                rotate();
            }
            append(line);
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    private void append(byte[] line) throws IOException {
        SeekableByteChannel open = channel();
        var bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            size += open.write(bytes);
        }
    }

    private SeekableByteChannel channel() throws IOException {
        @Nullable SeekableByteChannel open = channel;
        if (open == null) {
            open = opened();
            channel = open;
            size = open.size();
            if (size > 0 && !endsWithLine()) {
                size += open.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
        return open;
    }

    private SeekableByteChannel opened() throws IOException {
        if (!isPosix()) {
            return Files.newByteChannel(file, APPENDING);
        }
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        SeekableByteChannel open = Files.newByteChannel(file, APPENDING, ownerOnly);
        Files.setPosixFilePermissions(file, OWNER_ONLY); // it may have been there before, for all to read
        return open;
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private boolean endsWithLine() throws IOException {
        try (var read = FileChannel.open(file, StandardOpenOption.READ)) {
            var last = ByteBuffer.allocate(1);
            return read.read(last, read.size() - 1) == 1 && last.get(0) == '\n';
        }
    }

    /** The file goes aside before any other one moves: it may have been removed, and then the others are to stay. */
    private void rotate() throws IOException {
        close();
        if (files == 1) {
            Files.deleteIfExists(file);
            return;
        }
        Path aside = numbered(0);
        if (Files.exists(aside)) {
            makeRoom(); // a rotation before this one got no further
        }
        if (Files.exists(file)) {
            Files.move(file, aside);
            makeRoom();
        }
    }

    private void makeRoom() throws IOException {
        for (int older = files - 1; older > 0; older--) {
            if (Files.exists(numbered(older - 1))) {
                Files.move(numbered(older - 1), numbered(older), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        @Nullable SeekableByteChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
