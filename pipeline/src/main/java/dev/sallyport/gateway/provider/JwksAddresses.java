package dev.sallyport.gateway.provider;

import dev.sallyport.token.keys.KeySource.Issuer;
import java.util.Map;

/**
 * Where keys are published: below the provider's base URL, or on a project's own domain.
 *
 * @param baseUrl without a slash at the end
 * @param own by project, of those that have one
 */
public record JwksAddresses(String baseUrl, Map<String, String> own) {
    public JwksAddresses {
        own = Map.copyOf(own);
    }

    /** The whole URL. */
    public String of(Issuer issuer) {
        String custom = own.get(issuer.project());
        return custom == null ? baseUrl + issuer.jwks().pathFor(issuer.project()) : custom;
    }
}
