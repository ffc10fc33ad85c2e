package dev.sallyport.contract;

import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All contracts of a pack, compiled once. Anything wrong in the pack stops it with a {@link PackProblem}. */
public final class ContractCatalog {
    private final Map<String, Contract> contracts;
    private final Optional<LookupContract> lookup;
    private final String errorUrl;
    private final ErrorShape errors;
    private final Map<String, String> leftToLibrary;
    private final Set<String> ruleNames;
    private final int examples;

    public ContractCatalog(
            Map<String, Contract> contracts,
            Optional<LookupContract> lookup,
            String errorUrl,
            ErrorShape errors,
            Map<String, String> leftToLibrary,
            Set<String> ruleNames,
            int examples) {
        this.contracts = contracts;
        this.lookup = lookup;
        this.errorUrl = errorUrl;
        this.errors = errors;
        this.leftToLibrary = leftToLibrary;
        this.ruleNames = ruleNames;
        this.examples = examples;
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
        return new RejectionRenderer(errors, errorUrl);
    }

    /** Schema files that the library checks because the one-pass check does not cover them, with the reason. */
    public Map<String, String> leftToLibrary() {
        return leftToLibrary;
    }

    /** The names of the rules that settings can speak of: all but those of the fingerprint lookup, which are always enforced. */
    public Set<String> ruleNames() {
        return ruleNames;
    }

    /** How many examples were tried. */
    public int examples() {
        return examples;
    }
}
