package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A proxy that connections are made through, by {@code CONNECT}.
 *
 * @param url where it is; default none, and connections are made directly
 * @param credentialsFile a file with a user and a password for it; default none
 * @param direct hosts that are connected to without it, or, with a dot in front, all hosts below a name; default none
 */
public record EgressProxySettings(Optional<URI> url, Optional<String> credentialsFile, List<String> direct) {
    private static final String KEY = "sallyport.egress.proxy.";
    private static final String EXPECTED = "a URL such as http://proxy.example.com:3128";
    private static final Pattern HOST = Pattern.compile("\\.?[A-Za-z0-9:_-]+(\\.[A-Za-z0-9:_-]+)*");

    public EgressProxySettings {
        url = Require.orElse(url, Optional.<URI>empty());
        url.ifPresent(EgressProxySettings::check);
        credentialsFile = Require.orElse(credentialsFile, Optional.<String>empty())
                .map(String::strip)
                .filter(path -> !path.isEmpty());
        direct = Require.copy(direct).stream().map(EgressProxySettings::host).toList();
        if (url.isEmpty() && (credentialsFile.isPresent() || !direct.isEmpty())) {
            throw new InvalidSetting(KEY + "url", EXPECTED + ", because there is more about a proxy", "missing");
        }
    }

    /** All defaults: none. */
    public static EgressProxySettings none() {
        return new EgressProxySettings(Optional.empty(), Optional.empty(), List.of());
    }

    private static void check(URI url) {
        if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            throw new InvalidSetting(
                    KEY + "url",
                    EXPECTED + "; credentials stand in " + KEY + "credentials-file",
                    "one with a user name");
        }
        boolean isBare = (url.getRawPath() == null || url.getRawPath().matches("/?"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
        boolean hasPort = url.getPort() > 0 && url.getPort() <= 65_535;
        if (!"http".equals(url.getScheme()) || url.getHost() == null || !hasPort || !isBare) {
            throw new InvalidSetting(KEY + "url", EXPECTED, url);
        }
    }

    private static String host(String written) {
        String host = written.strip();
        if (!HOST.matcher(host).matches()) {
            throw new InvalidSetting(
                    KEY + "direct", "hosts such as login.internal or, for all below a name, .svc.internal", written);
        }
        return host.toLowerCase(Locale.ROOT);
    }
}
