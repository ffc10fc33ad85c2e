package dev.sallyport.gateway.keys;

import dev.sallyport.config.Settings;
import dev.sallyport.config.TokenMode;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.gateway.provider.JwksAddresses;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the keys of each listed project may be published. A project belongs to one of the provider's products, and
 * settings do not say which, so every product's endpoint is a candidate.
 */
public final class KeyIssuers {
    private KeyIssuers() {}

    /** By project; none if session tokens are not looked at, or if the pack has none: what nothing needs is not waited for. */
    public static Map<String, List<Issuer>> of(Settings settings, ContractCatalog catalog) {
        List<TokenContract> tokens = tokens(catalog);
        if (settings.sessionToken().mode() == TokenMode.OFF || tokens.isEmpty()) {
            return Map.of();
        }
        return settings.provider().projects().stream()
                .map(ProjectSettings::id)
                .collect(Collectors.toMap(
                        project -> project,
                        project -> tokens.stream()
                                .map(token -> issuer(token, project))
                                .distinct()
                                .toList()));
    }

    private static Issuer issuer(TokenContract token, String project) {
        return new Issuer(token.header().jwks(), token.header().algorithm(), project);
    }

    private static List<TokenContract> tokens(ContractCatalog catalog) {
        return catalog.contracts().stream()
                .map(Contract::sessionToken)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where they are published. */
    public static JwksAddresses addresses(Settings settings) {
        Map<String, String> own = new HashMap<>();
        settings.provider()
                .projects()
                .forEach(project -> project.jwksUrl().ifPresent(url -> own.put(project.id(), url.toString())));
        return new JwksAddresses(settings.provider().baseUrl().toString(), own);
    }

    /** An issuer by project and operation; empty if settings and contracts know none such (any more). */
    public static Optional<Issuer> find(Settings settings, ContractCatalog catalog, String project, String operation) {
        boolean isCallable = settings.provider().projects().isEmpty()
                || settings.provider().projects().stream()
                        .anyMatch(listed -> listed.id().equals(project));
        return tokens(catalog).stream()
                .filter(token -> isCallable && token.header().jwks().id().equals(operation))
                .map(token -> issuer(token, project))
                .findFirst();
    }
}
