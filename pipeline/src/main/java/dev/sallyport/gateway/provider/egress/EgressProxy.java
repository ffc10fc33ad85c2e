package dev.sallyport.gateway.provider.egress;

import dev.sallyport.config.EgressProxySettings;
import dev.sallyport.config.value.InvalidSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A proxy that connections are made through ({@code CONNECT}). It is told names, and resolves them. */
public final class EgressProxy {
    private static final String KEY = "sallyport.egress.proxy.credentials-file";
    private static final long LARGEST = 64L * 1024;

    private final String host;
    private final int port;
    private final List<String> direct;
    private final Optional<String> credentials;

    private EgressProxy(URI url, List<String> direct, Optional<String> credentials) {
        String written = url.getHost();
        this.host = written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
        this.port = url.getPort();
        this.direct = direct;
        this.credentials = credentials;
    }

    static Optional<EgressProxy> of(EgressProxySettings settings) {
        return settings.url().map(url -> new EgressProxy(url, settings.direct(), settings.credentialsFile()));
    }

    /** Throws an {@link InvalidSetting} if there is a file for its credentials that has none. Blocks. */
    public static void check(EgressProxySettings settings) {
        settings.credentialsFile().ifPresent(file -> {
            var unused = inFile(file);
        });
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Whether a host is connected to through it. */
    public boolean isFor(String target) {
        String name = target.toLowerCase(Locale.ROOT);
        return direct.stream()
                .noneMatch(listed -> listed.startsWith(".") ? name.endsWith(listed) : name.equals(listed));
    }

    /** Whether it is shown credentials, which have to be read first. */
    public boolean hasCredentials() {
        return credentials.isPresent();
    }

    /**
     * What it is shown, as a header has it; read anew each time, since credentials may have been replaced. Blocks; not for an event
     * loop. An {@link InvalidSetting} if there is none at the moment.
     */
    public Optional<String> authorization() {
        return credentials
                .map(EgressProxy::inFile)
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** A user, a colon and a password; a password may have colons of its own. */
    private static String inFile(String named) {
        try {
            Path file = Path.of(named);
            if (Files.size(file) <= LARGEST) {
                String line = Files.readString(file, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
                if (line.indexOf(':') > 0) {
                    return line;
                }
            }
        } catch (IOException | InvalidPathException unreadable) {
            // told below, without a word of it
        }
        throw new InvalidSetting(KEY, "a file whose first line is user:password", "none");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
