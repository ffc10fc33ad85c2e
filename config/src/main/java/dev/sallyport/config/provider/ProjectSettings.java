package dev.sallyport.config.provider;

import dev.sallyport.config.value.Require;
import dev.sallyport.config.value.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One of the provider's projects.
 *
 * @param id the user name of the caller's Basic credentials, and the audience of its session tokens
 * @param secret its secret, where the gateway's own credentials are put in place of the callers'; from a file, the environment or a
 *     config tree by Spring's ordinary ways
 * @param issuers accepted issuers of its session tokens, beside those that the contract pack names; default none
 * @param audiences who else its session tokens may be for, beside the project itself; default none
 * @param jwksUrl where its keys are published, for a project with a domain of its own; default where the contract pack says
 */
public record ProjectSettings(
        String id, Optional<Secret> secret, List<String> issuers, List<String> audiences, Optional<URI> jwksUrl) {
    private static final String KEY = "sallyport.provider.projects[].";

    public ProjectSettings {
        id = Require.present(KEY + "id", id, "a project id");
        secret = Require.orElse(secret, Optional.empty());
        secret.ifPresent(given -> Require.present(KEY + "secret", given.reveal(), "the secret of the project"));
        issuers = Require.copy(issuers);
        audiences = Require.copy(audiences);
        jwksUrl = Require.orElse(jwksUrl, Optional.<URI>empty()).map(url -> JwksUrl.checked(KEY + "jwks-url", url));
    }

    /** The same with the secret of another one. */
    public ProjectSettings withSecretOf(ProjectSettings other) {
        return new ProjectSettings(id, other.secret, issuers, audiences, jwksUrl);
    }
}
