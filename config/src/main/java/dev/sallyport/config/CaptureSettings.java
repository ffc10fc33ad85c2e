package dev.sallyport.config;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.util.Optional;

/**
 * Calls kept for replay, masked. Off unless a file is named.
 *
 * @param file where they are written, one JSON line a call; default none
 * @param maxSize a file larger than this makes room for a new one; default 64 MB
 * @param files how many are kept, the one that is written included; default 5
 * @param share how many of the calls; default all
 * @param maxPending bytes of bodies that may wait for the disk; what comes on top is dropped and counted; default 16 MB
 */
public record CaptureSettings(
        Optional<String> file, ByteSize maxSize, Integer files, Percent share, ByteSize maxPending) {
    private static final String KEY = "sallyport.capture.";

    public CaptureSettings {
        file = Require.orElse(file, Optional.<String>empty()).map(String::strip).filter(path -> !path.isEmpty());
        maxSize = Require.orElse(maxSize, ByteSize.kilobytes(64 * 1024));
        files = Require.orElse(files, 5);
        share = Require.orElse(share, new Percent(100));
        maxPending = Require.orElse(maxPending, ByteSize.kilobytes(16 * 1024));
        ByteSize.between(KEY + "max-size", maxSize, ByteSize.kilobytes(64), ByteSize.kilobytes(16 * 1024 * 1024));
        Require.between(KEY + "files", files, 1, 1000);
        ByteSize.between(KEY + "max-pending", maxPending, ByteSize.kilobytes(64), ByteSize.kilobytes(1024 * 1024));
    }

    /** All defaults: off. */
    public static CaptureSettings defaults() {
        return new CaptureSettings(
                Optional.empty(), ByteSize.kilobytes(64 * 1024), 5, new Percent(100), ByteSize.kilobytes(16 * 1024));
    }
}
