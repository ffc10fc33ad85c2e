package dev.sallyport.config.provider;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whom the gateway stands in front of.
 *
 * @param pack the name of a built-in contract pack, or a folder; default {@value #DEFAULT_PACK}
 * @param baseUrl scheme, host and port of the provider's API, without a slash at the end; required
 * @param fraudBaseUrl the same of the provider's fingerprinting; required where telemetry ids are looked up
 * @param projects the projects that may be called; none listed: any
 * @param credentials whose the provider sees; default forward
 * @param pool connections to the provider
 * @param replyLimit the largest reply that is read; default 1 MB
 * @param sslBundle the Spring SSL bundle for the provider; default the JVM's trust store
 * @param pins public keys of which one must be in each certificate chain of the provider's; none: any that is trusted
 */
public record ProviderSettings(
        String pack,
        URI baseUrl,
        Optional<URI> fraudBaseUrl,
        List<ProjectSettings> projects,
        CredentialsMode credentials,
        PoolSettings pool,
        ByteSize replyLimit,
        Optional<String> sslBundle,
        List<String> pins) {
    /** The built-in pack that is taken if the settings name no other: the only name of a provider in the program. */
    public static final String DEFAULT_PACK = "stytch";

    private static final String KEY = "sallyport.provider.";

    public ProviderSettings {
        pack = Require.present(KEY + "pack", Require.orElse(pack, DEFAULT_PACK), "a contract pack");
        baseUrl = base("base-url", "https://api.example.com", baseUrl);
        fraudBaseUrl = Require.orElse(fraudBaseUrl, Optional.<URI>empty())
                .map(url -> base("fraud-base-url", "https://devices.example.com", url));
        projects = Require.copy(projects);
        credentials = Require.orElse(credentials, CredentialsMode.FORWARD);
        pool = Require.orElse(pool, PoolSettings.defaults());
        replyLimit = Require.orElse(replyLimit, ByteSize.kilobytes(1024));
        ByteSize.between(KEY + "reply-limit", replyLimit, ByteSize.kilobytes(4), ByteSize.kilobytes(64 * 1024));
        sslBundle = Require.orElse(sslBundle, Optional.empty());
        pins = Require.pins(KEY + "pins", pins);
        Set<String> ids = new HashSet<>();
        projects.forEach(project -> {
            if (!ids.add(project.id())) {
                throw new InvalidSetting(KEY + "projects", "a list without duplicates", project.id() + " twice");
            }
        });
        requireSecrets(projects, credentials);
    }

    /** A secret that is not used would be one more place where it can be found. */
    private static void requireSecrets(List<ProjectSettings> projects, CredentialsMode credentials) {
        boolean replaces = credentials == CredentialsMode.REPLACE;
        if (replaces && projects.isEmpty()) {
            throw new InvalidSetting(KEY + "projects", "there, because " + KEY + "credentials is replace", "missing");
        }
        for (int index = 0; index < projects.size(); index++) {
            if (projects.get(index).secret().isPresent() != replaces) {
                String expected = replaces ? "there" : "left out";
                String mode = credentials.name().toLowerCase(Locale.ROOT);
                throw new InvalidSetting(
                        KEY + "projects[" + index + "].secret",
                        expected + ", because " + KEY + "credentials is " + mode,
                        replaces ? "missing" : "there");
            }
        }
    }

    /** Whether the gateway's own credentials are put in place of the callers'. */
    public boolean replacesCredentials() {
        return credentials == CredentialsMode.REPLACE;
    }

    private static URI base(String name, String example, URI url) {
        String expected = "a URL such as " + example + ", without a path";
        URI given = Require.orElse(url, URI.create(""));
        String text = given.toString();
        if (text.isEmpty()) {
            throw new InvalidSetting(KEY + name, expected, "missing");
        }
        if (text.contains("@")) {
            throw new InvalidSetting(KEY + name, expected, "one with a user name");
        }
        boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
        boolean bare = given.getRawQuery() == null && given.getRawFragment() == null;
        boolean root = given.getRawPath() == null
                || given.getRawPath().isEmpty()
                || given.getRawPath().equals("/");
        if (!http || !Authority.isUsable(given) || !bare || !root) {
            throw new InvalidSetting(KEY + name, expected, text);
        }
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : given;
    }
}
