package dev.sallyport.gateway.assembly;

import dev.sallyport.config.ProjectSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.token.KeySource.Issuer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the keys of each listed project may be published. A project belongs to one of the provider's products, and
 * settings do not say which, so every product's endpoint is a candidate.
 */
final class KeyIssuers {
    private KeyIssuers() {}

    /** By project. */
    static Map<String, List<Issuer>> of(Settings settings, ContractCatalog catalog) {
        List<Operation> endpoints = catalog.contracts().stream()
                .map(Contract::sessionToken)
                .flatMap(Optional::stream)
                .map(TokenContract::jwks)
                .distinct()
                .toList();
        return settings.provider().projects().stream()
                .map(ProjectSettings::id)
                .collect(Collectors.toMap(
                        project -> project,
                        project -> endpoints.stream()
                                .map(jwks -> new Issuer(jwks, project))
                                .toList()));
    }
}
