package dev.sallyport.token;

import dev.sallyport.contract.TokenContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may have issued a project's session tokens: what the pack says, and what the operator adds. */
public final class Issuers {
    private final String baseUrl;
    private final Map<String, List<String>> added;

    /**
     * The pack's issuers, with a base URL.
     *
     * @param baseUrl the provider's, without a slash at the end
     * @param added further issuers by project
     */
    public Issuers(String baseUrl, Map<String, List<String>> added) {
        this.baseUrl = baseUrl;
        this.added = Map.copyOf(added);
    }

    Set<String> of(TokenContract token, String project) {
        Stream<String> packs = token.issuers().stream()
                .map(issuer -> issuer.replace("{project}", project).replace("{base-url}", baseUrl));
        Stream<String> operators = Objects.requireNonNullElse(added.get(project), List.<String>of()).stream();
        return Stream.concat(packs, operators).collect(Collectors.toUnmodifiableSet());
    }
}
