package dev.sallyport.tools;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with contract packs beside serving them; each verb is a class of its own. */
@Command(
        name = "contracts",
        description = "Makes contract packs, compares them, and tries them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ContractsDiff.class,
            ContractsExport.class,
            ContractsImport.class,
            ContractsOpenApi.class,
            ContractsReplay.class
        },
        mixinStandardHelpOptions = true)
final class Contracts implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw Misunderstood.withoutCommand(Objects.requireNonNull(spec));
    }
}
