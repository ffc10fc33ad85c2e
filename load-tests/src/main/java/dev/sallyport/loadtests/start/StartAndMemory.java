package dev.sallyport.loadtests.start;

import dev.sallyport.loadtests.CommonOptions;
import dev.sallyport.loadtests.gateways.Gateway;
import dev.sallyport.loadtests.gateways.Gateways;
import dev.sallyport.loadtests.load.LoadGenerator;
import dev.sallyport.loadtests.process.Children;
import dev.sallyport.loadtests.process.Jvm;
import dev.sallyport.loadtests.process.Machine;
import dev.sallyport.loadtests.process.ProcessFigures;
import dev.sallyport.loadtests.provider.Provider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time and CPU time of a start, and resident memory, of Sallyport beside plain Spring Cloud Gateway: one at a time, in turn. */
@Command(
        name = "start-and-memory",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Starts Sallyport, as a jar and by its script, and plain Spring Cloud Gateway in turn, one at a time, and prints",
            "medians: from the command to the first call that is answered correctly, the CPU time until then, and resident",
            "memory some seconds later and after calls on 64 connections."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:failed; a single call that was not answered correctly is enough",
            "2:misunderstood"
        })
public final class StartAndMemory implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final double MEGABYTE = 1024 * 1024;

    @Option(names = "--rounds", defaultValue = "5", description = "Starts of each.")
    private int rounds;

    @Option(
            names = "--idle",
            defaultValue = "5",
            description = "Seconds from the first call to the look at an idle process.")
    private int idleSeconds;

    @Option(names = "--load", defaultValue = "10", description = "Seconds of calls after it.")
    private int loadSeconds;

    @Option(names = "--connections", defaultValue = "64", description = "Kept connections.")
    private int connections;

    @Option(names = "--quick", description = "One start of each, with little between: shows that it works.")
    private boolean quick;

    @Option(
            names = "--jvm-flags",
            defaultValue = "",
            description = "For every JVM that is measured. Without any, the JVM goes by the memory of the machine.")
    private String jvmFlags = "";

    @Option(
            names = "--image",
            paramLabel = "FOLDER",
            description =
                    "What the scripts of deploy/image have made there, runtime and app: started with its AOT cache and without.")
    private @Nullable Path image;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (quick) {
            rounds = 1;
            idleSeconds = 1;
            loadSeconds = 2;
        }
        CommonOptions.requirePositive(spec, "--rounds", rounds);
        CommonOptions.requirePositive(spec, "--idle", idleSeconds);
        CommonOptions.requirePositive(spec, "--load", loadSeconds);
        CommonOptions.requirePositive(spec, "--connections", connections);
        Path out = common.out("start-and-memory");
        try (var children = new Children(out);
                var generator = new LoadGenerator();
                var provider = Provider.start(
                        children, common.jvm(List.of()), common.jars().sandbox(), common.nginx())) {
            measure(out, children, generator, provider);
        }
        return 0;
    }

    private void measure(Path out, Children children, LoadGenerator generator, Provider provider) {
        PrintWriter console = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        Jvm jvm = common.jvm(CommonOptions.words(jvmFlags));
        var setting = new Setting(Machine.here(jvm), common.commit(), jvmFlags, connections, Machine.loadAverage());
        console.println(setting.text());
        console.flush();
        new Gateways(children, jvm, common.jars(), provider).prepareScript(common.checkout());
        Map<String, List<StartFigures>> seen = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Candidate candidate : candidates(new Gateways(children, jvm, common.jars(), provider))) {
                progress.printf(Locale.ROOT, "round %d of %d: %s%n", round, rounds, candidate.name());
                progress.flush();
                seen.computeIfAbsent(candidate.name(), none -> new ArrayList<>())
                        .add(figures(candidate, children, generator, provider));
            }
        }
        console.println(new Result(setting, seen).written(out.resolve("result.json")));
        console.println("Results, logs: " + out);
        console.flush();
    }

    private List<Candidate> candidates(Gateways programs) {
        List<Candidate> candidates = new ArrayList<>(List.of(
                new Candidate("bare", () -> programs.bare("bare")),
                new Candidate(
                        "sallyport.jar",
                        () -> programs.sallyport("sallyport.jar", common.jars().sallyport(), List.of())),
                new Candidate(
                        "./sallyport run", () -> programs.script("sallyport-script", common.checkout(), List.of()))));
        if (image != null) {
            Path folder = image.toAbsolutePath();
            candidates.add(new Candidate("image", () -> programs.image("image", folder, List.of())));
            candidates.add(new Candidate(
                    "image, no cache", () -> programs.image("image-no-cache", folder, List.of("-XX:AOTMode=off"))));
        }
        return candidates;
    }

    private StartFigures figures(Candidate candidate, Children children, LoadGenerator generator, Provider provider) {
        long begun = System.nanoTime();
        Gateway gateway = candidate.start().get();
        try {
            gateway.awaitAnswer(LOOK);
            double millis = (System.nanoTime() - begun) / 1e6;
            ProcessFigures process = gateway.figures();
            double cpuMillis = process.cpuMicros() / 1e3;
            gateway.process().runsFor(Duration.ofSeconds(idleSeconds));
            double idle = process.residentBytes() / MEGABYTE;
            generator.run(gateway.port(), connections, Duration.ofSeconds(loadSeconds), provider.freshReplies());
            return new StartFigures(millis, cpuMillis, idle, process.residentBytes() / MEGABYTE);
        } finally {
            children.stop(gateway.process());
        }
    }
}
