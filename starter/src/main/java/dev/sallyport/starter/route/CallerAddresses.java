package dev.sallyport.starter.route;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Where callers are, as the application's server and its handling of forwarded headers tell it. */
final class CallerAddresses {
    private CallerAddresses() {}

    /** Empty if it is not known, or a name, which is not looked up. */
    static String of(@Nullable InetSocketAddress address) {
        return address == null || address.getAddress() == null
                ? ""
                : address.getAddress().getHostAddress();
    }
}
