package dev.sallyport.tools;

import dev.sallyport.config.file.NamedFile;
import dev.sallyport.config.file.SettingsFile;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.replay.ReplayRun;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a pack about captured calls. */
@Command(
        name = "replay",
        description = {
            "Runs captured calls against a contract pack and prints what would be refused if every contract were enforced.",
            "Nothing is sent anywhere. What only the masking of the capture may have caused is never reported."
        },
        footer = {
            "",
            "Example:",
            "  ./sallyport contracts replay calls.ndjson --pack packs/stricter",
            "",
            "Exit status: 0 nothing would be refused; 1 something would be, the capture holds no call, or the pack is wrong;",
            "2 the capture cannot be read, or the command line was not understood."
        },
        mixinStandardHelpOptions = true)
final class ContractsReplay implements Callable<Integer> {
    @Parameters(paramLabel = "CAPTURE", description = "A file that sallyport.capture wrote; packed with gzip or not.")
    private @Nullable Path capture;

    @Option(
            names = "--pack",
            paramLabel = "NAME|FOLDER",
            description =
                    "The contract pack. Default: that of the settings, else " + ProviderSettings.DEFAULT_PACK + ".")
    private @Nullable String pack;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings file (YAML) that names the pack. Default: sallyport.yml in this folder, if it is there and no"
                            + " pack is named. Only sallyport.provider.pack and sallyport.request.max-depth are read; no"
                            + " environment variable, profile or placeholder is.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--limit", paramLabel = "CALLS", description = "Stops after so many calls.")
    private long limit = Long.MAX_VALUE;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path file = NamedFile.readable(Objects.requireNonNull(capture), "capture");
        if (limit < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--limit must be at least 1, was " + limit);
        }
        ReplaySettings settings = settings();
        ContractCatalog catalog = PackCompiler.load(PackFiles.of(settings.pack()), new StrictJson(settings.maxDepth()));
        return new ReplayRun(System.out, System.err, Terminal.isThere())
                .of(file, settings.pack(), catalog, new ReplayRun.Options(json, limit));
    }

    /** A file that is not named is not looked for if the pack is. */
    private ReplaySettings settings() {
        Optional<String> named = Optional.ofNullable(pack);
        Optional<Path> file = config == null && named.isPresent() ? Optional.empty() : SettingsFile.of(config);
        return file.map(settings -> ReplaySettings.in(settings, named))
                .orElseGet(() -> ReplaySettings.DEFAULT.with(named));
    }
}
