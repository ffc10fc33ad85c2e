package dev.sallyport.gateway;

import dev.sallyport.contract.openapi.DocumentProblem;
import dev.sallyport.contract.openapi.ImportOptions;
import dev.sallyport.contract.openapi.NewPack;
import dev.sallyport.contract.openapi.NewPack.Outcome;
import dev.sallyport.contract.openapi.OpenApiDocument;
import dev.sallyport.contract.openapi.OpenApiImport;
import dev.sallyport.contract.openapi.PackDraft;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a contract pack from an OpenAPI document. */
@Command(
        name = "import",
        description = {
            "Makes a contract pack from an OpenAPI document (3.0 or 3.1, JSON or YAML).",
            "Tells what could not be carried over, each with its place in the document; the same stands in NOTES.md of the"
                    + " pack. Nothing is fetched."
        },
        footer = {
            "",
            "Example:",
            "  ./sallyport contracts import tickets.openapi.yml --into packs/tickets",
            "  ./sallyport check --sallyport.provider.base-url=https://api.example.com \\",
            "      --sallyport.provider.pack=packs/tickets",
            "",
            "Exit status: 0 done; 1 no usable document, and nothing was written; 2 the command line was not understood."
        },
        mixinStandardHelpOptions = true)
final class ContractsImport implements Callable<Integer> {
    @Parameters(paramLabel = "OPENAPI", description = "The document.")
    private @Nullable Path document;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder for the pack; made if it is not there.")
    private @Nullable Path folder;

    @Option(names = "--force", description = "Writes into a folder that is not empty; files of other names stay.")
    private boolean force;

    @Option(
            names = "--server-path",
            paramLabel = "PATH",
            description = "Stands before the paths of the document. Default: the path of its first server.")
    private @Nullable String serverPath;

    @Option(
            names = "--project-step",
            paramLabel = "NAME",
            description = "The placeholder of a path that names the project; may be given again. Default: project_id,"
                    + " projectId, project.")
    private Set<String> projectSteps = new HashSet<>();

    @Option(
            names = "--error-url",
            paramLabel = "URL",
            description = "The error_url of refusals, with {status}. Default: about:blank.")
    private String errorUrl = ImportOptions.NO_ERROR_URL;

    @Option(
            names = "--null-for-absent",
            description = "Lets null stand for every member that need not be there, as many servers write it.")
    private boolean nullForAbsent;

    @Option(names = "--json", description = "Prints the list as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (document == null || folder == null || spec == null) {
            throw new IllegalStateException("is filled in by the command line");
        }
        var pack = new NewPack(folder);
        if (!force && pack.wouldOverwrite()) {
            throw new ParameterException(
                    spec.commandLine(), folder + " is not empty; --force writes into it all the same");
        }
        if (!Files.isReadable(document)) {
            throw new ParameterException(spec.commandLine(), "No document can be read at " + document);
        }
        return imported(
                document,
                folder,
                pack,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    private int imported(Path file, Path into, NewPack pack, PrintWriter out, PrintWriter err) throws IOException {
        try {
            PackDraft draft =
                    OpenApiImport.of(OpenApiDocument.read(Files.readAllBytes(file), file.toString()), options());
            Outcome outcome = pack.write(draft);
            var report = new ImportReport(into, draft, outcome);
            out.print(json ? report.json() : report.text());
            out.flush();
            return 0;
        } catch (DocumentProblem problem) {
            err.println(problem.getMessage());
            err.flush();
            return 1;
        }
    }

    private ImportOptions options() {
        Set<String> steps = projectSteps.isEmpty() ? ImportOptions.NONE.projectSteps() : projectSteps;
        return new ImportOptions(serverPath, steps, errorUrl, nullForAbsent);
    }
}
