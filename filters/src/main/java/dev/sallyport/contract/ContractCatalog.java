package dev.sallyport.contract;

import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All contracts of a pack, compiled once. Anything wrong in the pack stops it with a {@link PackProblem}. */
public final class ContractCatalog {
    private final Map<String, Contract> contracts;
    private final Optional<LookupContract> lookup;
    private final RejectionRenderer rejectionRenderer;
    private final Set<String> ruleNames;
    private final Coverage coverage;

    /**
     * How far the pack was checked when it was compiled.
     *
     * @param leftToLibrary schema files that the library checks because the one-pass check does not cover them, with the reason
     * @param examples how many examples were tried: none of a pack of this build that is to be served
     */
    public record Coverage(Map<String, String> leftToLibrary, int examples) {}

    /**
     * The contracts of a pack.
     *
     * @param contracts by the id of their operation
     * @param lookup how the provider is asked about a device; empty if the pack does not say
     * @param rejectionRenderer writes refusals as the provider writes its errors
     * @param ruleNames those that settings can speak of: all but those of the fingerprint lookup, which are always enforced
     */
    public ContractCatalog(
            Map<String, Contract> contracts,
            Optional<LookupContract> lookup,
            RejectionRenderer rejectionRenderer,
            Set<String> ruleNames,
            Coverage coverage) {
        this.contracts = contracts;
        this.lookup = lookup;
        this.rejectionRenderer = rejectionRenderer;
        this.ruleNames = ruleNames;
        this.coverage = coverage;
    }

    public Collection<Contract> contracts() {
        return contracts.values();
    }

    public Optional<Contract> contract(String operation) {
        return Optional.ofNullable(contracts.get(operation));
    }

    /** How the provider is asked about a device; empty if the pack does not say. */
    public Optional<LookupContract> fingerprintLookup() {
        return lookup;
    }

    /** Writes refusals as the provider writes its errors. */
    public RejectionRenderer rejectionRenderer() {
        return rejectionRenderer;
    }

    /** Schema files that the library checks because the one-pass check does not cover them, with the reason. */
    public Map<String, String> leftToLibrary() {
        return coverage.leftToLibrary();
    }

    /** The names of the rules that settings can speak of: all but those of the fingerprint lookup, which are always enforced. */
    public Set<String> ruleNames() {
        return ruleNames;
    }

    /** How many examples were tried; see {@link Coverage}. */
    public int examples() {
        return coverage.examples();
    }
}
