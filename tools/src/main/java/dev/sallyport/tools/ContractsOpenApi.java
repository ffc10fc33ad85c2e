package dev.sallyport.tools;

import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.openapi.OpenApiExport;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints a contract pack as an OpenAPI document. */
@Command(
        name = "openapi",
        description = {
            "Prints a contract pack as an OpenAPI 3.1 document: its operations, and the schemas of their requests and replies.",
            "Rules and session tokens, of which such a document cannot speak, are named in descriptions or left out."
        },
        footer = {
            "",
            "Example:",
            "  ./sallyport contracts openapi packs/stricter > openapi.json",
            "",
            "Exit status: 0 done; 1 the pack is wrong; 2 the command line was not understood."
        },
        mixinStandardHelpOptions = true)
final class ContractsOpenApi implements Callable<Integer> {
    @Parameters(
            paramLabel = "PACK",
            arity = "0..1",
            defaultValue = ProviderSettings.DEFAULT_PACK,
            description =
                    "A built-in pack, or a folder with a catalog.yml. Default: " + ProviderSettings.DEFAULT_PACK + ".")
    private @Nullable String pack;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ObjectNode document = OpenApiExport.of(PackFiles.of(Objects.requireNonNull(pack)), ToolsCli.Version.number());
        out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
        out.flush();
        return 0;
    }
}
