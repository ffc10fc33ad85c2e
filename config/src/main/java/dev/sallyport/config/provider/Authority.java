package dev.sallyport.config.provider;

import java.net.URI;

/** Host and port of a URL that settings name. */
public final class Authority {
    private Authority() {}

    /** Whether a connection could be made to it. A colon without a port would be taken for a part of the host's name. */
    public static boolean isUsable(URI url) {
        boolean portIsLeftOut =
                url.getRawAuthority() != null && url.getRawAuthority().endsWith(":");
        return url.getHost() != null && !portIsLeftOut && url.getPort() != 0 && url.getPort() <= 65_535;
    }
}
