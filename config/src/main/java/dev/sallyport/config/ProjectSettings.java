package dev.sallyport.config;

import java.util.List;

/**
 * One of the provider's projects.
 *
 * @param id the user name of the caller's Basic credentials, and the audience of its session tokens
 * @param issuers accepted issuers of its session tokens, beside those that the contract pack names; default none
 */
public record ProjectSettings(String id, List<String> issuers) {
    public ProjectSettings {
        id = Require.present("sallyport.provider.projects[].id", id, "a project id");
        issuers = Require.copy(issuers);
    }
}
