package dev.sallyport.gateway.reload;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.settings.FreshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the settings files and the contract pack, and has them reloaded when one of them changed. It looks at times and
 * sizes, since notices of the file system do not reach through mounted volumes. For one thread.
 */
public final class ReloadWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadWatch.class);

    private final FreshSettings fresh;
    private final Reloader reloader;
    private Map<Path, Stamp> taken = Map.of();
    private Map<Path, Stamp> seen = Map.of();

    /** Of a file: its key tells apart files of one size and time, which a link may lead to one after the other. */
    private record Stamp(
            FileTime changed, long size, @Nullable Object key) {}

    public ReloadWatch(FreshSettings fresh, Reloader reloader) {
        this.fresh = fresh;
        this.reloader = reloader;
    }

    /**
     * Reloads when files differ from those that were taken up, and have not changed since the last look: what is being written is
     * left alone until it is complete. The first time that nothing moves it reloads in any case, since a file may have changed
     * after it was read at the start; and at every look after a reload that failed of something else than the files.
     */
    @Override
    public void run() {
        Map<Path, Stamp> now = stamps();
        boolean still = now.equals(seen);
        seen = now;
        if (still && !now.equals(taken)) {
            taken = now;
            reloader.reload(By.FILES);
        } else if (still && reloader.isWorthAnotherTry()) {
            reloader.tryAgain();
        }
    }

    private Map<Path, Stamp> stamps() {
        Map<Path, Stamp> stamps = new LinkedHashMap<>();
        fresh.files().forEach(file -> stamp(file, stamps));
        reloader.packs().forEach(pack -> stampPack(pack, stamps));
        return stamps;
    }

    private static void stampPack(String pack, Map<Path, Stamp> stamps) {
        try {
            PackFiles.of(pack).all().forEach(file -> stamp(file, stamps));
        } catch (PackProblem gone) {
            LOG.debug("The contract pack is not there at the moment");
        }
    }

    private static void stamp(Path file, Map<Path, Stamp> stamps) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            stamps.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException gone) {
            LOG.debug("A watched file is not there at the moment");
        }
    }
}
