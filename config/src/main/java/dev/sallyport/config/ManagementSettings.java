package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The management port.
 *
 * @param hosts names that it may be called by, beside those that no public name server can give; default none
 * @param tokenFile a file with one bearer token in a line, of which a request must show one; default none, and none is asked for
 * @param console whether it serves the console's pages; default yes
 * @param consoleActions whether those who sign in to the console may reload, change modes for a while, and fetch keys; default no
 * @param maxConnections how many may be open at once, half of them from one address; default {@value #USUAL_CONNECTIONS}
 */
public record ManagementSettings(
        List<String> hosts,
        Optional<String> tokenFile,
        Boolean console,
        Boolean consoleActions,
        Integer maxConnections) {
    /** Where the last of them stands. */
    public static final String CONSOLE_ACTIONS = "sallyport.management.console-actions";

    private static final String KEY = "sallyport.management.hosts";
    private static final String MAX_CONNECTIONS = "sallyport.management.max-connections";
    private static final int USUAL_CONNECTIONS = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252}[A-Za-z0-9])?");

    public ManagementSettings {
        Set<String> names = new HashSet<>();
        for (String host : Require.copy(hosts)) {
            if (!NAME.matcher(host).matches()) {
                throw new InvalidSetting(KEY, "names of hosts such as metrics.example.com, without a port", host);
            }
            names.add(host.toLowerCase(Locale.ROOT));
        }
        hosts = names.stream().sorted().toList();
        tokenFile = Require.orElse(tokenFile, Optional.<String>empty())
                .map(String::strip)
                .filter(path -> !path.isEmpty());
        console = Require.orElse(console, true);
        consoleActions = Require.orElse(consoleActions, false);
        if (consoleActions && !console) {
            throw new InvalidSetting(CONSOLE_ACTIONS, "false while sallyport.management.console is", true);
        }
        maxConnections = Require.orElse(maxConnections, USUAL_CONNECTIONS);
        Require.between(MAX_CONNECTIONS, maxConnections, 10, 100_000);
    }

    /** All defaults. */
    public static ManagementSettings defaults() {
        return new ManagementSettings(List.of(), Optional.empty(), true, false, USUAL_CONNECTIONS);
    }
}
