package dev.sallyport.gateway.management.port;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which hosts a request may name. A page in an operator's browser can have a name of its own resolve to this port (DNS
 * rebinding) and then read what it answers; the browser still sends that name. So names pass that no public name server
 * can give, and those that settings list; others do not.
 */
final class HostNames {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.%]+]");

    /** Reserved (RFC 6761, ICANN's private-use domain), or a cluster's own. */
    private static final List<String> PRIVATE = List.of(".localhost", ".internal", ".svc", ".svc.cluster.local");

    private final Set<String> listed;

    /** With names in lower case. */
    HostNames(Set<String> listed) {
        this.listed = new HashSet<>(listed);
    }

    /** Whether a request with this {@code Host}, port and all, is answered. */
    boolean admits(String host) {
        String name = name(host.toLowerCase(Locale.ROOT));
        return IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches()
                || isSingleLabel(name)
                || PRIVATE.stream().anyMatch(name::endsWith)
                || (!name.isEmpty() && listed.contains(name));
    }

    /** {@code localhost}, a container's or a service's name: no public name server gives an address for such. */
    private static boolean isSingleLabel(String name) {
        return !name.isEmpty() && name.indexOf('.') < 0;
    }

    /** Without the port, and without the dot of a full name. */
    private static String name(String host) {
        String name = host.replaceFirst(":\\d{0,5}$", "");
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
