package dev.sallyport.gateway.http.call;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.transport.AddressUtils;

/**
 * Where a caller is: what limits by address count. Read as Reactor Netty reads it for other requests: the first address of
 * {@code Forwarded} (RFC 7239), else of {@code X-Forwarded-For}.
 */
public final class CallerAddress {
    private static final Pattern FOR = Pattern.compile("for=\"?([^;,\"]+)\"?");

    private CallerAddress() {}

    /** The other end of a connection; empty if it has no address. */
    public static String of(@Nullable SocketAddress remote) {
        return remote instanceof InetSocketAddress internet ? text(internet) : "";
    }

    /**
     * What the proxy in front says, or else the connection's; throws {@link IllegalArgumentException} if what it says is no
     * address.
     */
    static String forwarded(HttpHeaders headers, String ofConnection) {
        @Nullable String standard = headers.get("forwarded");
        if (standard != null) {
            Matcher found = FOR.matcher(first(standard));
            return found.find() ? text(AddressUtils.parseAddress(found.group(1).trim(), 0, true)) : ofConnection;
        }
        @Nullable String usual = headers.get("x-forwarded-for");
        return usual == null ? ofConnection : text(AddressUtils.parseAddress(first(usual), 0));
    }

    private static String first(String list) {
        int comma = list.indexOf(',');
        return comma < 0 ? list : list.substring(0, comma);
    }

    /** Empty if it is a name, which is not looked up. */
    private static String text(InetSocketAddress address) {
        return address.getAddress() == null ? "" : address.getAddress().getHostAddress();
    }
}
