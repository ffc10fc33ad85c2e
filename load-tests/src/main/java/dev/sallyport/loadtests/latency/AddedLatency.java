package dev.sallyport.loadtests.latency;

import dev.sallyport.loadtests.CommonOptions;
import dev.sallyport.loadtests.gateways.Gateway;
import dev.sallyport.loadtests.gateways.GatewayLoad;
import dev.sallyport.loadtests.gateways.Gateways;
import dev.sallyport.loadtests.gateways.Progress;
import dev.sallyport.loadtests.load.Arrivals;
import dev.sallyport.loadtests.load.LoadGenerator;
import dev.sallyport.loadtests.process.Children;
import dev.sallyport.loadtests.process.Jvm;
import dev.sallyport.loadtests.process.Machine;
import dev.sallyport.loadtests.provider.Provider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The time that Sallyport and plain Spring Cloud Gateway add to a call, at a rate that does not depend on how they answer. */
@Command(
        name = "added-latency",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Latencies of an exchange without a gateway, through plain Spring Cloud Gateway and through Sallyport with all",
            "contracts on, in interleaved rounds. Calls come at random times, at the same ones for all three, whether or not",
            "earlier ones were answered; a latency runs from when the call was due. The rate is half of what Sallyport",
            "answers in a closed loop beside the load generator and the upstream, unless --rate tells another."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:failed; a single call that was not answered correctly is enough",
            "2:misunderstood"
        })
public final class AddedLatency implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "9", description = "Measured rounds of each, interleaved.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of a round.")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "200000", description = "Calls to each gateway before the first round.")
    private long warmUpCalls;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "Kept connections; a call waits for an idle one.")
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "CALLS",
            defaultValue = "0",
            description = "Calls in a second; 0 is half of what Sallyport answers.")
    private int rate;

    @Option(
            names = "--quick",
            description = "2 rounds of 2 s after 2000 calls: shows that it works, not what is added.")
    private boolean quick;

    @Option(
            names = "--jvm-flags",
            defaultValue = "-Xms512m -Xmx512m -XX:+UseG1GC -Dio.netty.leakDetection.level=disabled",
            description = "For every JVM that is measured.")
    private String jvmFlags = "";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommonOptions.requirePositive(spec, "--rounds", rounds);
        CommonOptions.requirePositive(spec, "--seconds", seconds);
        CommonOptions.requirePositive(spec, "--warmup", warmUpCalls);
        CommonOptions.requirePositive(spec, "--connections", connections);
        var plan = quick ? Plan.quick() : new Plan(rounds, seconds, warmUpCalls, connections);
        Path out = common.out("added-latency");
        try (var children = new Children(out);
                var generator = new LoadGenerator();
                var provider = Provider.start(
                        children, common.jvm(List.of()), common.jars().sandbox(), common.nginx())) {
            measure(plan, out, children, new GatewayLoad(generator, provider, plan.connections()));
        }
        return 0;
    }

    private void measure(Plan plan, Path out, Children children, GatewayLoad load) {
        PrintWriter console = spec.commandLine().getOut();
        var progress = new Progress(spec.commandLine().getErr());
        Jvm jvm = common.jvm(CommonOptions.words(jvmFlags));
        double loadBefore = Machine.loadAverage();
        progress.says("starting the gateways");
        var programs = new Gateways(children, jvm, common.jars(), load.provider());
        Gateway bare = programs.bare("bare");
        Gateway sallyport = programs.sallyport("sallyport", common.jars().sallyport(), List.of());
        List.of(bare, sallyport).forEach(gateway -> gateway.awaitAnswer(Duration.ofMillis(200)));
        load.warmUp(bare, plan.warmUpCalls(), progress);
        double most = load.warmUp(sallyport, plan.warmUpCalls(), progress);

        double perSecond = rate > 0 ? rate : most / 2;
        var setting = new Setting(
                Machine.here(jvm),
                common.commit(),
                jvmFlags,
                plan,
                perSecond,
                load.provider().toString(),
                loadBefore);
        console.println(setting.text());
        console.flush();
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put(Result.WITHOUT, load.provider().port());
        ports.put(bare.name(), bare.port());
        ports.put(sallyport.name(), sallyport.port());
        var result = new Result(setting, rounds(ports, setting, load, progress));
        result.write(out.resolve("result.json"));
        console.printf("%s%n%s%nResults, logs: %s%n", result.latencies(), result.added(), out);
        console.flush();
    }

    private static Map<String, List<Latencies>> rounds(
            Map<String, Integer> ports, Setting setting, GatewayLoad load, Progress progress) {
        Map<String, List<Latencies>> seen = new LinkedHashMap<>();
        ports.keySet().forEach(name -> seen.put(name, new ArrayList<>()));
        for (int round = 1; round <= setting.plan().rounds(); round++) {
            progress.says("round " + round + " of " + setting.plan().rounds());
            var arrivals = new Arrivals(
                    setting.perSecond(), Duration.ofSeconds(setting.plan().seconds()), round);
            List<String> order = new ArrayList<>(ports.keySet());
            Collections.rotate(order, -round);
            for (String name : order) {
                seen.getOrDefault(name, List.of())
                        .add(Latencies.of(load.open(name, ports.getOrDefault(name, 0), arrivals)));
            }
        }
        return seen;
    }
}
