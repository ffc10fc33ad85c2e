package dev.sallyport.gateway.other;

import dev.sallyport.gateway.provider.connection.Target;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the provider is, held against where a route leads. A pure decision. */
final class ProviderAddress {
    private static final String LOCAL = "localhost";

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

    /**
     * Case does not count in a name, nor does the dot of the root, nor how an address is written; this machine is one host. No name is
     * looked up: what it stands for may be another address by the time of a call.
     */
    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        @Nullable InetAddress address = NetUtil.createInetAddressFromIpAddressString(name);
        if (address == null) {
            return name.endsWith("." + LOCAL) ? LOCAL : name;
        }
        return address.isLoopbackAddress() || address.isAnyLocalAddress() ? LOCAL : address.getHostAddress();
    }
}
