package dev.sallyport.tools;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.difference.Difference;
import dev.sallyport.contract.difference.PackDifference;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells in what two contract packs differ. */
@Command(
        name = "diff",
        description = {
            "Tells in what the second of two contract packs differs from the first: operations, rules, session tokens, and the"
                    + " schemas keyword by keyword.",
            "Descriptions, examples and other notes that refuse nothing are not compared."
        },
        footer = {
            "",
            "Example:",
            "  ./sallyport contracts diff packs/before packs/after",
            "",
            "Exit status: 0 they promise the same; 1 they differ; 2 one of them is wrong, or the command line was not"
                    + " understood."
        },
        mixinStandardHelpOptions = true)
final class ContractsDiff implements Callable<Integer> {
    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final int MISUNDERSTOOD = 2;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "The name of a built-in pack, or a folder.")
    private @Nullable String before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "The same.")
    private @Nullable String after;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        try {
            List<Difference> differences = PackDifference.between(
                    compiled(Objects.requireNonNull(before)), compiled(Objects.requireNonNull(after)));
            print(differences, line.getOut());
            return differences.isEmpty() ? SAME : DIFFERENT;
        } catch (PackProblem problem) {
            line.getErr().println(problem.getMessage());
            line.getErr().flush();
            return MISUNDERSTOOD;
        }
    }

    private static PackFiles compiled(String pack) {
        PackFiles files = PackFiles.of(pack);
        var unused = PackCompiler.compiled(
                files, new StrictJson(RequestSettings.defaults().maxDepth()));
        return files;
    }

    private void print(List<Difference> differences, PrintWriter out) {
        if (json) {
            out.println(asJson(differences));
        } else {
            differences.forEach(out::println);
            out.println(before + " and " + after + ": " + counted(differences));
        }
        out.flush();
    }

    private static String counted(List<Difference> differences) {
        if (differences.isEmpty()) {
            return "no difference";
        }
        var byKind = differences.stream()
                .map(difference -> difference.kind().toString())
                .collect(Collectors.groupingBy(Function.identity(), java.util.TreeMap::new, Collectors.counting()));
        return differences.size() + (differences.size() == 1 ? " difference (" : " differences (")
                + Stream.of(Difference.Kind.values())
                        .map(Difference.Kind::toString)
                        .filter(byKind::containsKey)
                        .map(kind -> byKind.get(kind) + " " + kind)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private String asJson(List<Difference> differences) {
        var mapper = new JsonMapper();
        ObjectNode report = mapper.createObjectNode().put("before", before).put("after", after);
        ArrayNode list = report.putArray("differences");
        differences.forEach(difference -> list.addObject()
                .put("kind", difference.kind().toString())
                .put("place", difference.place())
                .put("what", difference.what())
                .put("warning", difference.isWarning()));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }
}
