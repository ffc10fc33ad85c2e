package dev.sallyport.token;

import dev.sallyport.contract.TokenContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may have issued a project's session tokens, and for whom: what the pack says, and what the operator adds. */
public final class Expectations {
    private static final Added NOTHING = new Added(List.of(), List.of());

    private final String baseUrl;
    private final Map<String, Added> added;

    /**
     * What an operator adds to a project.
     *
     * @param issuers accepted beside the pack's
     * @param audiences may be named beside the project
     */
    public record Added(List<String> issuers, List<String> audiences) {}

    /**
     * The pack's, with a base URL.
     *
     * @param baseUrl the provider's, without a slash at the end
     * @param added by project
     */
    public Expectations(String baseUrl, Map<String, Added> added) {
        this.baseUrl = baseUrl;
        this.added = Map.copyOf(added);
    }

    TokenCheck.Expected of(TokenContract token, String project) {
        Added own = added.getOrDefault(project, NOTHING);
        Stream<String> packs = token.claims().issuers().stream()
                .map(issuer -> issuer.replace("{project}", project).replace("{base-url}", baseUrl));
        Set<String> issuers = Stream.concat(packs, own.issuers().stream()).collect(Collectors.toUnmodifiableSet());
        return new TokenCheck.Expected(
                issuers, token.claims().audience().replace("{project}", project), Set.copyOf(own.audiences()));
    }
}
