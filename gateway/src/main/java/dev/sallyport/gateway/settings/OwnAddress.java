package dev.sallyport.gateway.settings;

import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where this gateway listens. A provider there would be the gateway itself, and each call would go round until connections run
 * out. Names are not resolved: what a start may do must not hang on a name server.
 */
final class OwnAddress {
    private static final String KEY = "sallyport.provider.";
    /** RFC 6761, 6.3: these names are never asked for, and mean this machine. */
    private static final Pattern LOCALHOST = Pattern.compile("(?:.+\\.)?localhost\\.?", Pattern.CASE_INSENSITIVE);

    private final int port;
    private final @Nullable InetAddress address;

    /**
     * An address.
     *
     * @param port 0 for any, which is none that settings could name
     * @param address null for every one of the machine
     */
    OwnAddress(int port, @Nullable InetAddress address) {
        this.port = port;
        this.address = address;
    }

    /** Settings of the provider that lead back here, without their places. */
    List<SettingsProblem> problems(ProviderSettings provider) {
        List<SettingsProblem> problems = new ArrayList<>();
        problems(problems, "base-url", provider.baseUrl());
        provider.fraudBaseUrl().ifPresent(url -> problems(problems, "fraud-base-url", url));
        return problems;
    }

    private void problems(List<SettingsProblem> problems, String name, URI url) {
        if (port(url) == port && isHere(url.getHost())) {
            String words = "must be the provider's, was " + url + ", where this gateway itself listens (server.port)";
            problems.add(new SettingsProblem(KEY + name, "", words));
        }
    }

    private static int port(URI url) {
        int standard = "https".equals(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 ? standard : url.getPort();
    }

    private boolean isHere(String host) {
        @Nullable
        InetAddress named = LOCALHOST.matcher(host).matches()
                ? InetAddress.getLoopbackAddress()
                : NetUtil.createInetAddressFromIpAddressString(host.replaceAll("[\\[\\]]", ""));
        if (named == null) {
            return false;
        }
        if (address == null || address.isAnyLocalAddress()) {
            return isOfThisMachine(named);
        }
        // who connects to no address in particular reaches the loopback one
        boolean loops = named.isLoopbackAddress() || named.isAnyLocalAddress();
        return address.equals(named) || (address.isLoopbackAddress() && loops);
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
