package dev.sallyport.gateway.other;

import dev.sallyport.gateway.provider.connection.Target;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the provider is, held against where a route leads. A pure decision. */
final class ProviderAddress {
    private final Target provider;

    ProviderAddress(URI baseUrl) {
        this.provider = Target.of(baseUrl);
    }

    /** Whether a URL leads to the provider as the settings name it. */
    boolean isExactly(URI url) {
        return isHttp(url) && url.getHost() != null && Target.of(url).equals(provider);
    }

    /** Whether a URL may lead to the provider: by its host, whatever scheme and port it names. */
    boolean mayBe(URI url) {
        @Nullable String host = url.getHost();
        return host != null && plain(host).equals(plain(provider.host()));
    }

    private static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    /** Case does not count in a name, nor does the dot of the root, nor do the brackets of an address. */
    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
