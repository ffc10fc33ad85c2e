package dev.sallyport.gateway.provider.connection;

import java.net.URI;

/**
 * Where a connection leads.
 *
 * @param secure whether TLS is spoken
 * @param host a name, or an address without brackets
 * @param authority what the Host field says: the port only if it is not the scheme's own
 */
public record Target(boolean secure, String host, int port, String authority) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Of a URL with a host; its path is not looked at. */
    public static Target of(URI url) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        int usual = secure ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? usual : url.getPort();
        String written = url.getHost();
        String host = written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
        return new Target(secure, host, port, port == usual ? written : written + ":" + port);
    }
}
