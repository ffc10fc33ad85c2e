package dev.sallyport.gateway;

import static java.util.stream.Collectors.joining;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.difference.Difference;
import dev.sallyport.contract.difference.PackDifference;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.Printable;
import dev.sallyport.contract.pack.BaseExamples;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.assembly.PipelinePreview;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.keys.UnverifiedTokens;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.json.StrictJson;
import java.io.PrintStream;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads what {@code run} would read and says what is wrong with it; starts nothing and connects to nothing. */
final class ConfigurationCheck {
    private static final int MOST_EXAMPLES = 10;

    private final PrintStream out;
    private final boolean pipelines;

    /**
     * A check that reports to a stream.
     *
     * @param pipelines whether to print the assembled pipelines as well
     */
    ConfigurationCheck(PrintStream out, boolean pipelines) {
        this.out = out;
        this.pipelines = pipelines;
    }

    /** Returns 0 if all is well; else what is wrong is thrown, as it is from a start. */
    int run(List<String> arguments) {
        return OfflineSettings.read(arguments, this::checked);
    }

    private int checked(ConfigurableEnvironment environment) {
        var reader = new SettingsReader(environment);
        Settings settings = reader.read();
        PackFiles files = PackFiles.of(settings.provider().pack());
        var json = new StrictJson(settings.request().maxDepth());
        ContractCatalog catalog = PackCompiler.load(files, json);
        for (PackFiles below : files.below()) {
            var unused = PackCompiler.load(below, json);
        }
        report(settings, files, catalog, reader.placing(() -> assembled(settings, catalog)));
        return 0;
    }

    /** Assembled in any case: what settings say of operations and rules, only the pack can tell to be wrong. */
    private static String assembled(Settings settings, ContractCatalog catalog) {
        Captures.check(settings.capture());
        return PipelinePreview.text(settings, catalog);
    }

    private void report(Settings settings, PackFiles files, ContractCatalog catalog, String assembled) {
        out.println("settings: fine");
        out.printf(
                "contracts: fine (pack %s%s: %s, %s)%n",
                settings.provider().pack(),
                files.below().stream().map(below -> " over " + below.name()).collect(joining()),
                counted(catalog.contracts().size(), "operation"),
                counted(catalog.examples(), "example"));
        catalog.leftToLibrary()
                .forEach((file, keyword) ->
                        out.printf("  %s is checked by the library, because of %s%n", file, Printable.of(keyword)));
        if (!files.below().isEmpty()) {
            over(files, catalog);
        }
        UnverifiedTokens.words(settings, catalog).ifPresent(words -> out.println("warning: " + words));
        if (pipelines) {
            out.println();
            out.print(assembled);
        }
    }

    /** What a pack does otherwise than the one at the bottom of those that it is laid over. */
    private void over(PackFiles files, ContractCatalog catalog) {
        List<Difference> differences = PackDifference.fromBottom(files);
        differences.forEach(difference -> out.println("  " + difference));
        if (differences.isEmpty()) {
            out.printf(
                    "  nothing is otherwise than in %s%n",
                    files.below().get(files.below().size() - 1).name());
        }
        List<String> examples = BaseExamples.otherwise(files, catalog);
        examples.stream().limit(MOST_EXAMPLES).forEach(line -> out.println("  otherwise  " + Printable.of(line)));
        if (examples.size() > MOST_EXAMPLES) {
            out.printf("  otherwise  %s more%n", counted(examples.size() - MOST_EXAMPLES, "example"));
        }
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
