package dev.sallyport.tools;

import dev.sallyport.config.file.NamedFile;
import dev.sallyport.contract.file.FileFailure;
import dev.sallyport.tools.openapi.OpenApiImport;
import dev.sallyport.tools.openapi.document.DocumentProblem;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.ImportOptions.Errors;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.pack.NewPack;
import dev.sallyport.tools.openapi.pack.Outline;
import dev.sallyport.tools.openapi.pack.PackDraft;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Into into = new Into();

    /** Where it goes. */
    static final class Into {
        @Option(
                names = "--into",
                paramLabel = "FOLDER",
                description = "The folder for the pack; made if it is not there.")
        private @Nullable Path folder;

        @Option(
                names = "--outline",
                description =
                        "Writes no pack, but prints its structure: of every field its pointer, type, whether it is"
                                + " required, and its enum. Two versions of a document can so be compared.")
        private boolean outline;
    }

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
            names = "--error-member",
            paramLabel = "POINTER=TEXT",
            description =
                    "What refusals have at a place of the provider's errors, such as /error/code={error-type}; may be given"
                            + " again. Placeholders: {status} {request-id} {error-type} {error-url} {message}. Without it, the list asks"
                            + " for it, with what the document says of errors.")
    private Map<String, String> errorMembers = new TreeMap<>();

    @Option(
            names = "--null-for-absent",
            description = "Lets null stand for every member that need not be there, as many servers write it.")
    private boolean nullForAbsent;

    @Option(
            names = "--open-enums",
            description = "Lets values pass that an enum of the document does not list, as providers add some later.")
    private boolean openEnums;

    @Option(names = "--json", description = "Prints the list as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (document == null || spec == null) {
            throw new IllegalStateException("is filled in by the command line");
        }
        CommandLine line = spec.commandLine();
        try {
            return imported(document, line);
        } catch (DocumentProblem problem) {
            line.getErr().println(problem.getMessage());
        } catch (IOException broken) {
            line.getErr().println("sallyport: " + where(broken) + FileFailure.words(broken));
        }
        return 1;
    }

    /** The file that could not be read or written, if the system names it. */
    private static String where(IOException broken) {
        @Nullable String file = broken instanceof FileSystemException known ? known.getFile() : null;
        return file == null ? "cannot be read or written: " : file + " cannot be read or written: ";
    }

    private int imported(Path file, CommandLine line) throws IOException {
        NamedFile.readable(file, "document");
        errorMembers.keySet().stream()
                .filter(pointer -> !pointer.matches("(/([^/~]|~[01])+)+"))
                .forEach(pointer -> {
                    throw new ParameterException(line, "--error-member takes a JSON Pointer, was " + pointer);
                });
        Path folder = into.folder;
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ParameterException(line, folder + " is a file");
        }
        if (folder != null && !force && NewPack.wouldOverwrite(folder)) {
            throw new ParameterException(line, folder + " is not empty; --force writes into it all the same");
        }
        var read = OpenApiDocument.read(Files.readAllBytes(file), file.toString());
        PackDraft draft = OpenApiImport.of(read, options());
        line.getOut().print(folder == null || into.outline ? Outline.of(draft) : written(draft, folder));
        line.getOut().flush();
        return 0;
    }

    private String written(PackDraft draft, Path folder) throws IOException {
        var report = new ImportReport(folder, draft, new NewPack(folder).write(draft));
        return json ? report.json() : report.text();
    }

    private ImportOptions options() {
        Set<String> steps = projectSteps.isEmpty() ? ImportOptions.NONE.projectSteps() : projectSteps;
        return new ImportOptions(serverPath, steps, new Errors(errorUrl, errorMembers), nullForAbsent, openEnums);
    }
}
