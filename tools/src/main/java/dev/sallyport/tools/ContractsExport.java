package dev.sallyport.tools;

import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.contract.file.FileFailure;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.tools.openapi.pack.NewPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the built-in contract pack into a folder, byte by byte. */
@Command(
        name = "export",
        description = {
            "Writes the contract pack that is built in into a folder, to be read or to be changed as a whole.",
            "To change little of it, write a pack that extends it instead."
        },
        footer = {
            "",
            "Example:",
            "  ./sallyport contracts export packs/" + ProviderSettings.DEFAULT_PACK,
            "",
            "Exit status: 0 done; 1 it could not be written, and nothing was; 2 the folder is not empty, or the command line"
                    + " was not understood."
        },
        mixinStandardHelpOptions = true)
final class ContractsExport implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "The folder; made if it is not there, and never written over.")
    private @Nullable Path folder;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path target = Objects.requireNonNull(folder);
        try {
            if (Files.exists(target) && !Files.isDirectory(target)) {
                throw new ParameterException(line, target + " is a file");
            }
            if (NewPack.wouldOverwrite(target)) {
                throw new ParameterException(line, target + " is not empty, and nothing is written over");
            }
            int files = written(PackFiles.of(ProviderSettings.DEFAULT_PACK), target);
            line.getOut().println(target + ": " + files + " files of the pack " + ProviderSettings.DEFAULT_PACK);
            line.getOut().flush();
            return 0;
        } catch (IOException broken) {
            line.getErr().println("sallyport: " + target + " cannot be written: " + FileFailure.words(broken));
            line.getErr().flush();
            return 1;
        }
    }

    /** Written beside and moved into place, so that what fails half-way leaves nothing. */
    private static int written(PackFiles pack, Path target) throws IOException {
        Path parent = target.toAbsolutePath().normalize().getParent();
        Files.createDirectories(Objects.requireNonNull(parent, "the root of a file system is a folder, and not empty"));
        Path aside = Files.createTempDirectory(parent, ".sallyport-export-");
        try {
            List<String> files = pack.ownFiles();
            for (String file : files) {
                Path path = aside.resolve(file);
                Files.createDirectories(path.resolveSibling("."));
                Files.write(path, pack.read(file));
            }
            Files.deleteIfExists(target);
            Files.move(aside, target);
            return files.size();
        } finally {
            NewPack.remove(aside);
        }
    }
}
