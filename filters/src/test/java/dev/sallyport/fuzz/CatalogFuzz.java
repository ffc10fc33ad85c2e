package dev.sallyport.fuzz;

import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Catalogs of contract packs: each compiles, or is refused with its place and in words. */
public final class CatalogFuzz {
    private static final StrictJson JSON = new StrictJson(32);
    private static final Path FOLDER = folder();
    private static final PackFolder PACK = SmallPack.in(FOLDER);

    private CatalogFuzz() {}

    private static Path folder() {
        try {
            return Files.createTempDirectory("catalog-fuzz");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] catalog) {
        try {
            Files.write(FOLDER.resolve("catalog.yml"), catalog);
            PackCompiler.compiled(PACK.files(), JSON);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (PackProblem refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                throw new AssertionError("is refused without words", refused);
            }
        }
    }
}
