package dev.sallyport.loadtests;

import dev.sallyport.loadtests.cpu.CpuPerCall;
import dev.sallyport.loadtests.latency.AddedLatency;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.start.StartAndMemory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs one measurement. Exit status: 0 measured, 1 failed, 2 misunderstood, 3 measured, but the figures are in doubt. */
@Command(
        name = "load-tests",
        subcommands = {CpuPerCall.class, StartAndMemory.class, AddedLatency.class})
public final class Measurements {
    private Measurements() {}

    /** The measurement's name and its options. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Measurements())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (!(failure instanceof MeasurementFailed)) {
                        throw failure;
                    }
                    line.getErr().println("\nload-tests/" + line.getCommandName() + ": " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }
}
