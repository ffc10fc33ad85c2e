package dev.sallyport.gateway.keys;

import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.token.TokenMode;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.gateway.provider.JwksAddresses;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * The issuer whose keys an operation publishes, by project. Empty unless they are of one kind: of several kinds, none alone is
     * what it publishes.
     */
    public static Optional<Function<String, Issuer>> of(ContractCatalog catalog, Operation operation) {
        List<TokenContract.Header> headers = tokens(catalog).stream()
                .map(TokenContract::header)
                .filter(header -> header.jwks().id().equals(operation.id()))
                .toList();
        long kinds =
                headers.stream().map(TokenContract.Header::algorithm).distinct().count();
        return kinds == 1
                ? Optional.of(project ->
                        new Issuer(headers.get(0).jwks(), headers.get(0).algorithm(), project))
                : Optional.empty();
    }

    /** The members that an operation's contract knows of a document with keys; none if it is no operation any more. */
    public static KnownMembers known(ContractCatalog catalog, Issuer issuer) {
        return catalog.contract(issuer.jwks().id())
                .map(contract -> contract.metadata().reply().members())
                .orElse(KnownMembers.NOTHING);
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
