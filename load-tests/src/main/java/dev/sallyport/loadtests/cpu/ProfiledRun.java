package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.gateways.Gateway;
import dev.sallyport.loadtests.gateways.GatewayLoad;
import dev.sallyport.loadtests.gateways.Progress;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.profile.Parts;
import dev.sallyport.loadtests.profile.PartsTable;
import dev.sallyport.loadtests.profile.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A profile of one gateway under the load that it was measured with. */
final class ProfiledRun {
    private final GatewayLoad load;
    private final Path out;
    private final Duration time;

    ProfiledRun(GatewayLoad load, Path out, Duration time) {
        this.load = load;
        this.out = out;
        this.time = time;
    }

    /** The table of parts; the flame graph and the stacks lie in the folder of results. */
    String of(Gateway gateway, Progress progress) throws IOException {
        progress.says("profiling " + gateway.name());
        var profiler = Profiler.attached(gateway.process().pid());
        load.closed(gateway, time);
        Path stacks = out.resolve("stacks.txt");
        profiler.stop(stacks, out.resolve("flame-graph.html"));
        PartsTable table = new PartsTable(Parts.checkedIn());
        try (Stream<String> lines = Files.lines(stacks)) {
            lines.forEach(table::add);
        }
        if (table.isEmpty()) {
            throw new MeasurementFailed("async-profiler took no sample");
        }
        String text = profiler.about(table.sawTheKernel()) + "\n\n" + table;
        Files.writeString(out.resolve("parts.txt"), text);
        return text;
    }
}
