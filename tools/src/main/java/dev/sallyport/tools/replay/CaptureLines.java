package dev.sallyport.tools.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a capture, packed with gzip or not; whichever it is, its first bytes tell. */
final class CaptureLines implements AutoCloseable {
    /** Longer than any line that is written: both bodies at their largest. */
    private static final int LONGEST = 96 << 20;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final CountingStream file;
    private final InputStream text;
    private long number;

    private CaptureLines(CountingStream file, InputStream text) {
        this.file = file;
        this.text = text;
    }

    /** A line, numbered from 1, without its line feed. */
    static final class Line {
        private final long number;
        private final byte[] bytes;
        private final boolean tooLong;

        private Line(long number, byte[] bytes, boolean tooLong) {
            this.number = number;
            this.bytes = bytes;
            this.tooLong = tooLong;
        }

        long number() {
            return number;
        }

        byte[] bytes() {
            return bytes;
        }

        /** Whether there was more of it. */
        boolean isTooLong() {
            return tooLong;
        }
    }

    static CaptureLines of(Path path) throws IOException {
        var counting = new CountingStream(Files.newInputStream(path));
        try {
            var file = new BufferedInputStream(counting, 1 << 16);
            file.mark(2);
            boolean packed = file.read() == GZIP_FIRST && file.read() == GZIP_SECOND;
            file.reset();
            return new CaptureLines(
                    counting, packed ? new BufferedInputStream(new GZIPInputStream(file), 1 << 16) : file);
        } catch (IOException unreadable) {
            counting.close();
            throw unreadable;
        }
    }

    /** The next line that is not empty, or null at the end. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            var line = new ByteArrayOutputStream(1024);
            boolean tooLong = false;
            int octet = text.read();
            if (octet < 0) {
                return null;
            }
            number++;
            for (; octet >= 0 && octet != '\n'; octet = text.read()) {
                if (line.size() < LONGEST) {
                    line.write(octet);
                } else {
                    tooLong = true;
                }
            }
            if (line.size() > 0) {
                return new Line(number, line.toByteArray(), tooLong);
            }
        }
    }

    /** How much of the file was read, in bytes. */
    long position() {
        return file.position;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /** Counts what is read of the file itself. */
    private static final class CountingStream extends FilterInputStream {
        private long position;

        CountingStream(InputStream file) {
            super(file);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            position += octet < 0 ? 0 : 1;
            return octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            position += Math.max(0, read);
            return read;
        }
    }
}
