package dev.sallyport.contract.pack;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblems;
import java.util.List;
import java.util.stream.Stream;

/** The examples of the packs below, tried with the contracts of one that is laid over them: what changes for callers, by example. */
public final class BaseExamples {
    private BaseExamples() {}

    /**
     * A line for each that turns out otherwise than in its own pack: the file, what it gives there and what here. Of operations that
     * are gone there is nothing to try. Blocks.
     *
     * @param files of the pack that is laid over others, all of which compile
     * @param catalog of that pack
     */
    public static List<String> otherwise(PackFiles files, ContractCatalog catalog) {
        var found = new PackProblems();
        for (PackFiles below : files.below()) {
            contracts(catalog).forEach(contract -> new Examples(below, contract).tryAll(found));
        }
        return found.lines();
    }

    private static Stream<Contract> contracts(ContractCatalog catalog) {
        return Stream.concat(
                catalog.contracts().stream(), catalog.fingerprintLookup().map(LookupContract::contract).stream());
    }
}
