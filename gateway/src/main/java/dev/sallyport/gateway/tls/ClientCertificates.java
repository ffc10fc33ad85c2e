package dev.sallyport.gateway.tls;

import dev.sallyport.config.ManagementSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.Ssl.ClientAuth;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Where callers are known by their certificates, the server has to ask for them, and to trust none but those of an issuer that is
 * named: whom the JVM trusts would be every public one, and each might make a certificate with a caller's name.
 */
public final class ClientCertificates {
    private static final String SERVER = "server.ssl";
    private static final String MANAGEMENT = "management.server.ssl";

    private ClientCertificates() {}

    /** Throws a {@link SettingsException}, without places, if certificates could prove nothing. */
    public static void check(Environment environment, Settings settings) {
        Binder binder = Binder.get(environment);
        Optional<String> problem = problem(binder, SERVER);
        if (problem.isPresent()) {
            List<SettingsProblem> problems = keys(settings)
                    .map(key -> new SettingsProblem(key, "", problem.get()))
                    .toList();
            if (!problems.isEmpty()) {
                throw new SettingsException(problems);
            }
        }
    }

    /**
     * Throws an {@link InvalidSetting} if the console's actions are on, and those who sign in could prove themselves by nothing: there
     * is neither a file of tokens, nor are clients of the management port asked for certificates.
     */
    public static void checkConsole(Environment environment, Settings settings) {
        ManagementSettings management = settings.management();
        if (management.consoleActions()
                && management.tokenFile().isEmpty()
                && problem(Binder.get(environment), MANAGEMENT).isPresent()) {
            throw new InvalidSetting(
                    ManagementSettings.CONSOLE_ACTIONS,
                    "false unless there is a login: sallyport.management.token-file, or " + MANAGEMENT
                            + " with client-auth need and a trust store with the issuer of clients' certificates",
                    true);
        }
    }

    private static Stream<String> keys(Settings settings) {
        var callers = settings.callers().list();
        return IntStream.range(0, callers.size())
                .filter(index -> !callers.get(index).certificates().isEmpty())
                .mapToObj(index -> CallersSettings.LIST + "[" + index + "].certificates");
    }

    private static Optional<String> problem(Binder binder, String server) {
        Optional<Ssl> ssl =
                Optional.ofNullable(binder.bind(server, Ssl.class).orElse(null)).filter(given -> Ssl.isEnabled(given));
        if (ssl.isEmpty()) {
            return Optional.of("prove nothing without TLS: " + server + " must be set");
        }
        ClientAuth asked = ssl.get().getClientAuth();
        if (asked != ClientAuth.WANT && asked != ClientAuth.NEED) {
            return Optional.of("are never asked for: " + server + ".client-auth must be want or need");
        }
        return trusts(binder, ssl.get())
                ? Optional.empty()
                : Optional.of(
                        "could be of any public issuer: " + server
                                + ", or each bundle that it names, must have a trust store with the issuer of callers' certificates");
    }

    /** Each side that may be reached by a server name. What stands under the server beside a bundle is not read. */
    private static boolean trusts(Binder binder, Ssl ssl) {
        boolean byDefault = StringUtils.hasText(ssl.getBundle())
                ? trusts(binder, ssl.getBundle())
                : ssl.getTrustStore() != null || ssl.getTrustCertificate() != null;
        return byDefault && ssl.getServerNameBundles().stream().allMatch(named -> trusts(binder, named.bundle()));
    }

    private static boolean trusts(Binder binder, String bundle) {
        Optional<String> pem = named(binder, "pem", bundle, PemSslBundleProperties.class)
                .map(properties -> properties.getTruststore().getCertificate());
        Optional<String> jks = named(binder, "jks", bundle, JksSslBundleProperties.class)
                .map(properties -> properties.getTruststore().getLocation());
        return pem.or(() -> jks).isPresent();
    }

    private static <P> Optional<P> named(Binder binder, String kind, String bundle, Class<P> type) {
        Map<String, P> bundles = binder.bind("spring.ssl.bundle." + kind, Bindable.mapOf(String.class, type))
                .orElse(Map.of());
        return Optional.ofNullable(bundles.get(bundle));
    }
}
