package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.CommonOptions;
import dev.sallyport.loadtests.gateways.Gateway;
import dev.sallyport.loadtests.gateways.GatewayLoad;
import dev.sallyport.loadtests.gateways.Gateways;
import dev.sallyport.loadtests.gateways.Progress;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** CPU time per call of Sallyport beside plain Spring Cloud Gateway, with the control and reference proxies in the same run. */
@Command(
        name = "cpu-per-call",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "CPU time (user and system) of the gateway's process, divided by calls, for Sallyport with all contracts on",
            "beside plain Spring Cloud Gateway with one route and no filter. In the same run: the control (a second plain",
            "gateway, whose ratio should be 1), a proxy on Reactor Netty alone, and nginx where it is installed.",
            "Absolute figures are this machine's; the ratio carries over as far as the control is near 1."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured",
            "1:failed; a single call that was not answered correctly is enough",
            "2:misunderstood",
            "3:measured, but the control or a bottleneck puts the figures in doubt"
        })
public final class CpuPerCall implements Callable<Integer> {
    private static final int IN_DOUBT = 3;

    @Option(names = "--rounds", defaultValue = "15", description = "Measured rounds of each gateway, interleaved.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "3", description = "Length of a round.")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "400000", description = "Calls to each gateway before the first round.")
    private long warmUpCalls;

    @Option(names = "--connections", defaultValue = "32", description = "Kept connections.")
    private int connections;

    @Option(
            names = "--quick",
            description = "3 rounds of 1 s after 5000 calls: shows that it works, not what it costs.")
    private boolean quick;

    @Option(
            names = "--jvm-flags",
            defaultValue = "-Xms512m -Xmx512m -XX:+UseG1GC -Dio.netty.leakDetection.level=disabled",
            description = "For every JVM that is measured. Sallyport's run switches leak detection off by itself.")
    private String jvmFlags = "";

    @Option(
            names = "--sallyport-flags",
            paramLabel = "FLAGS",
            description =
                    "Further ones for Sallyport; the one of --beside goes without, so that the same jar shows what they change.")
    private String sallyportFlags = "";

    @Option(
            names = "--beside",
            paramLabel = "JAR",
            description = "Another build of Sallyport, measured in the same run as `other`: one from before a change.")
    private @Nullable Path other;

    @Option(
            names = "--starter",
            description =
                    "Measures the example application with the starter as well: the contracts on a route of Spring Cloud"
                            + " Gateway.")
    private boolean starter;

    @Option(names = "--no-reference", description = "Leaves the Reactor Netty proxy and nginx out.")
    private boolean withoutReference;

    @Option(
            names = "--profile",
            description = "Afterwards, profiles Sallyport under the same load: a flame graph and a table of parts.")
    private boolean profile;

    @Option(names = "--profile-seconds", defaultValue = "30", description = "How long.")
    private int profileSeconds;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Plan plan = plan();
        Path out = common.out("cpu-per-call");
        try (var children = new Children(out);
                var generator = new LoadGenerator();
                var provider = Provider.start(
                        children, common.jvm(List.of()), common.jars().sandbox(), common.nginx())) {
            return measured(plan, out, children, generator, provider);
        }
    }

    private int measured(Plan plan, Path out, Children children, LoadGenerator generator, Provider provider)
            throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        var progress = new Progress(spec.commandLine().getErr());
        Jvm jvm = common.jvm(CommonOptions.words(jvmFlags));
        var setting = new Setting(
                Machine.here(jvm),
                common.commit(),
                jvmFlags,
                sallyportFlags,
                provider.toString(),
                plan,
                Machine.loadAverage());
        console.printf(Locale.ROOT, "%s%n", setting.text(provider.freshReplies().length()));
        console.flush();

        progress.says("starting the gateways");
        List<Gateway> gateways = started(new Gateways(children, jvm, common.jars(), provider));
        gateways.forEach(gateway -> gateway.awaitAnswer(Duration.ofMillis(200)));
        var load = new GatewayLoad(generator, provider, plan.connections());
        var measurement = new Measurement(load, provider, plan);
        gateways.forEach(gateway -> load.warmUp(gateway, plan.warmUpCalls(), progress));

        List<String> names = gateways.stream().map(Gateway::name).toList();
        var seen = new Rounds(names);
        var report = new Report(seen);
        console.println(Report.heading(names));
        for (int round = 1; round <= plan.rounds(); round++) {
            measurement.round(round, gateways, seen);
            console.println(report.line(round, names));
            console.flush();
        }
        console.printf(Locale.ROOT, "%n%s%n%s%n", report.table(), report.beside());
        List<String> doubts = quick ? List.of() : report.doubts();
        doubts.forEach(console::println);
        Result.of(setting, seen, doubts).write(out.resolve("result.json"));
        if (profile) {
            var profiled = new ProfiledRun(load, out, Duration.ofSeconds(profileSeconds));
            console.printf(Locale.ROOT, "%n%s%n", profiled.of(byName(gateways, "sallyport"), progress));
        }
        console.println("Results, logs: " + out);
        console.flush();
        return doubts.isEmpty() ? 0 : IN_DOUBT;
    }

    private Plan plan() {
        CommonOptions.requirePositive(spec, "--rounds", rounds);
        CommonOptions.requirePositive(spec, "--seconds", seconds);
        CommonOptions.requirePositive(spec, "--connections", connections);
        CommonOptions.requirePositive(spec, "--profile-seconds", profileSeconds);
        var plan = new Plan(rounds, seconds, warmUpCalls, connections);
        return quick ? plan.quick() : plan;
    }

    private List<Gateway> started(Gateways programs) {
        List<Gateway> gateways = new ArrayList<>();
        gateways.add(programs.bare(Report.BARE));
        gateways.add(programs.bare(Report.CONTROL));
        gateways.add(programs.sallyport("sallyport", common.jars().sallyport(), CommonOptions.words(sallyportFlags)));
        if (other != null) {
            gateways.add(programs.sallyport("other", other, List.of()));
        }
        if (starter) {
            gateways.add(programs.starter("starter"));
        }
        if (!withoutReference) {
            gateways.add(programs.reactorNetty("reactor-netty"));
            common.nginx().ifPresent(nginx -> gateways.add(programs.nginx("nginx", nginx)));
        }
        return gateways;
    }

    private static Gateway byName(List<Gateway> gateways, String name) {
        return gateways.stream()
                .filter(gateway -> gateway.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
