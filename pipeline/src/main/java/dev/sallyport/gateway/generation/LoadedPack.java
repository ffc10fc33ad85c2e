package dev.sallyport.gateway.generation;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.difference.Difference;
import dev.sallyport.contract.difference.PackDifference;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import java.util.List;

/**
 * A compiled contract pack, and what it was compiled from.
 *
 * @param fingerprint another one if a file of it is another, as {@link PackFiles#fingerprint} tells it
 * @param loosened where it protects less than the pack at the bottom of those that it is laid over
 */
public record LoadedPack(String fingerprint, ContractCatalog catalog, List<Difference> loosened) {
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
        ContractCatalog catalog = PackCompiler.loadServed(files, json);
        files.below().forEach(below -> compiled(below, json));
        return new LoadedPack(
                fingerprint,
                catalog,
                PackDifference.fromBottom(files).stream()
                        .filter(Difference::isWarning)
                        .toList());
    }

    /** One that is wrong cannot be compared with. */
    private static void compiled(PackFiles below, StrictJson json) {
        if (!below.areOfThisBuild()) {
            var unused = PackCompiler.compiled(below, json);
        }
    }
}
