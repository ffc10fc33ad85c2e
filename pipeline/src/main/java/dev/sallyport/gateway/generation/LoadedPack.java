package dev.sallyport.gateway.generation;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;

/**
 * A compiled contract pack, and what it was compiled from.
 *
 * @param fingerprint another one if a file of it is another, as {@link PackFiles#fingerprint} tells it
 */
public record LoadedPack(String fingerprint, ContractCatalog catalog) {
    /** Compiles the pack that settings name. Blocks. */
    public static LoadedPack of(Settings settings) {
        PackFiles files = PackFiles.of(settings.provider().pack());
        return load(settings, files, files.fingerprint());
    }

    /** This pack, unless a file of it is another by now. Blocks. */
    public LoadedPack orChanged(Settings settings) {
        PackFiles files = PackFiles.of(settings.provider().pack());
        String now = files.fingerprint();
        return now.equals(fingerprint) ? this : load(settings, files, now);
    }

    private static LoadedPack load(Settings settings, PackFiles files, String fingerprint) {
        var json = new StrictJson(settings.request().maxDepth());
        return new LoadedPack(fingerprint, PackCompiler.loadServed(files, json));
    }
}
