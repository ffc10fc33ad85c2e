package dev.sallyport.gateway.keys;

import dev.sallyport.config.Settings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.contract.ContractCatalog;
import java.util.Optional;

/** Says of a pack without session tokens that nothing is verified: what the settings ask for, the pack then does not do. */
public final class UnverifiedTokens {
    private UnverifiedTokens() {}

    /** The warning; empty if tokens are verified, or are not to be. */
    public static Optional<String> words(Settings settings, ContractCatalog catalog) {
        boolean isWanted = settings.sessionToken().mode() == TokenMode.ENFORCE;
        boolean hasTokens = catalog.contracts().stream()
                .anyMatch(contract -> contract.sessionToken().isPresent());
        return isWanted && !hasTokens
                ? Optional.of("The contract pack " + settings.provider().pack()
                        + " has no session tokens: none is verified, and no keys are fetched")
                : Optional.empty();
    }
}
