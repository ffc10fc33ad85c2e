package dev.sallyport.config.store;

import dev.sallyport.config.value.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis or Valkey server is: {@code redis://user:password@host:6379/0}, or {@code rediss://…} with TLS. Prints itself
 * without user and password.
 *
 * @param port 6379 where none is given
 * @param database 0 where none is given
 */
public record StoreUrl(
        boolean isTls, String host, int port, int database, Optional<String> user, Optional<Secret> password) {
    /** What it may be, in words. */
    public static final String EXPECTED = "a URL such as redis://127.0.0.1:6379 or rediss://user:password@host:6379/0";

    private static final int USUAL_PORT = 6379;
    private static final int MOST_DATABASES = 1_000_000;

    /** Reads what an operator wrote; what is wrong is told without a word of it, since it may hold a password. */
    public static StoreUrl parse(String text) {
        try {
            URI uri = new URI(text.strip());
            boolean isTls = "rediss".equalsIgnoreCase(uri.getScheme());
            boolean isKnown = isTls || "redis".equalsIgnoreCase(uri.getScheme());
            boolean isWhole = uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (isKnown && isWhole && uri.getPort() != 0 && uri.getPort() < 65536) {
                int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
                return of(isTls, host(uri), port, database(uri.getRawPath()), uri.getRawUserInfo());
            }
        } catch (URISyntaxException unreadable) {
            // its message quotes the text
        }
        throw new IllegalArgumentException("must be " + EXPECTED);
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int database(@Nullable String path) throws URISyntaxException {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        if (!path.matches("/\\d{1,6}")) {
            throw new URISyntaxException("", "no number of a database");
        }
        return Math.min(Integer.parseInt(path.substring(1)), MOST_DATABASES);
    }

    private static StoreUrl of(boolean isTls, String host, int port, int database, @Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return new StoreUrl(isTls, host, port, database, Optional.empty(), Optional.empty());
        }
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        Optional<Secret> password =
                colon < 0 ? Optional.empty() : Optional.of(Secret.of(decoded(userInfo.substring(colon + 1))));
        return new StoreUrl(isTls, host, port, database, Optional.of(user).filter(name -> !name.isEmpty()), password);
    }

    /** The same place, without user and password. */
    public StoreUrl withoutCredentials() {
        return new StoreUrl(isTls, host, port, database, Optional.empty(), Optional.empty());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        boolean isAddress = host.indexOf(':') >= 0;
        return (isTls ? "rediss://" : "redis://") + (isAddress ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }
}
