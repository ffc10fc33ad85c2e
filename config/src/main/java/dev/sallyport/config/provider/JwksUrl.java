package dev.sallyport.config.provider;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where keys are published, as settings name it. */
public final class JwksUrl {
    private static final String EXPECTED = "a URL such as https://login.example.com/.well-known/jwks.json";

    private JwksUrl() {}

    /** The URL, if keys can be fetched from it: with a host and a path, and without credentials, which would be shown. */
    public static URI checked(String key, @Nullable URI given) {
        URI url = Require.present(key, given, EXPECTED);
        if (url.getRawUserInfo() != null) {
            throw new InvalidSetting(key, EXPECTED, "one with a user name");
        }
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean hasPath = url.getRawPath() != null && url.getRawPath().length() > 1;
        if (!isHttp || !Authority.isUsable(url) || !hasPath || url.getRawFragment() != null) {
            throw new InvalidSetting(key, EXPECTED, url);
        }
        return url;
    }
}
