package dev.sallyport.gateway.tls;

import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallerJwtSettings;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import dev.sallyport.gateway.tls.client.TlsContexts;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.env.Environment;

/** Tries every bundle, and all that names one or has certificates of its own, before anything starts. */
public final class TlsCheck {
    private static final String BUNDLES = "spring.ssl.bundle";
    private static final List<SslFile> PEM_FILES = List.of(
            SslFile.certificates("keystore.certificate"),
            SslFile.privateKey("keystore.private-key", "keystore.private-key-password"),
            SslFile.certificates("truststore.certificate"),
            SslFile.privateKey("truststore.private-key", "truststore.private-key-password"));
    private static final List<SslFile> JKS_FILES = List.of(
            SslFile.keyStore("keystore.location", "keystore.password", "keystore.type"),
            SslFile.keyStore("truststore.location", "truststore.password", "truststore.type"));
    private static final List<SslFile> SERVER_FILES = List.of(
            SslFile.certificates("certificate"),
            SslFile.privateKey("certificate-private-key", ""),
            SslFile.certificates("trust-certificate"),
            SslFile.privateKey("trust-certificate-private-key", ""),
            SslFile.keyStore("key-store", "key-store-password", "key-store-type"),
            SslFile.keyStore("trust-store", "trust-store-password", "trust-store-type"));

    private final Binder binder;
    private final SslFiles files;
    private final DefaultSslBundleRegistry usable = new DefaultSslBundleRegistry();
    private final List<String> named = new ArrayList<>();
    private final List<SettingsProblem> problems = new ArrayList<>();

    private TlsCheck(Environment environment) {
        this.binder = Binder.get(environment);
        this.files = new SslFiles(binder);
    }

    /** Throws a {@link SettingsException}, without places, if anything cannot be used. */
    public static void of(Environment environment, Settings settings) {
        var check = new TlsCheck(environment);
        check.bundles("pem", PemSslBundleProperties.class, PEM_FILES, PropertiesSslBundle::get);
        check.bundles("jks", JksSslBundleProperties.class, JKS_FILES, PropertiesSslBundle::get);
        settings.provider().sslBundle().ifPresent(name -> check.exists("sallyport.provider.ssl-bundle", name));
        settings.callers()
                .issuer()
                .flatMap(CallerJwtSettings::sslBundle)
                .ifPresent(name -> check.exists("sallyport.callers.jwt.ssl-bundle", name));
        settings.store().sslBundle().ifPresent(name -> check.exists("sallyport.store.ssl-bundle", name));
        settings.tracing().sslBundle().ifPresent(name -> check.exists("sallyport.tracing.ssl-bundle", name));
        check.server("server.ssl");
        check.server("management.server.ssl");
        if (!check.problems.isEmpty()) {
            throw new SettingsException(check.problems);
        }
    }

    private <P> void bundles(String kind, Class<P> type, List<SslFile> files, Function<P, SslBundle> making) {
        String section = BUNDLES + "." + kind;
        Map<String, P> bundles =
                binder.bind(section, Bindable.mapOf(String.class, type)).orElse(Map.of());
        bundles.forEach((name, properties) -> {
            named.add(name);
            String key = section + "." + name;
            tried(key, files, key + ".keystore", () -> making.apply(properties))
                    .ifPresent(bundle -> usable.registerBundle(name, bundle));
        });
    }

    /**
     * The bundle if it can be used.
     *
     * @param own the key of what holds the key that the bundle's end of a connection shows
     */
    private Optional<SslBundle> tried(String key, List<SslFile> named, String own, Supplier<SslBundle> making) {
        List<SettingsProblem> wrong = files.problems(key, named);
        problems.addAll(wrong);
        try {
            if (wrong.isEmpty()) {
                SslBundle bundle = making.get();
                TlsContexts.of(bundle);
                Optional<String> problem = OwnKey.problem(bundle);
                problem.ifPresent(words -> note(own, words));
                return problem.isPresent() ? Optional.empty() : Optional.of(bundle);
            }
        } catch (GeneralSecurityException | RuntimeException unusable) {
            note(key, "cannot be used: " + reason(unusable));
        }
        return Optional.empty();
    }

    private boolean exists(String key, String bundle) {
        if (named.contains(bundle)) {
            return true;
        }
        String known = named.isEmpty() ? "there is none" : "known are " + String.join(", ", named);
        note(key, "must be the name of an SSL bundle under " + BUNDLES + ", of which " + known + "; was " + bundle);
        return false;
    }

    private void server(String key) {
        @Nullable Ssl ssl = binder.bind(key, Ssl.class).orElse(null);
        if (ssl == null || !Ssl.isEnabled(ssl)) {
            return;
        }
        boolean exist = named(key, ssl)
                .map(entry -> exists(entry.getKey(), entry.getValue()))
                .reduce(true, (a, b) -> a && b);
        boolean areUsable =
                named(key, ssl).allMatch(entry -> usable.getBundleNames().contains(entry.getValue()));
        if (exist && areUsable) {
            tried(key, SERVER_FILES, key, () -> WebServerSslBundle.get(ssl, usable))
                    .filter(bundle -> bundle.getStores().getKeyStore() == null)
                    .ifPresent(
                            bundle -> note(key, "must have a private key and its certificate: a server shows its own"));
        }
    }

    /** The bundles that a server names, each by its key. */
    private static Stream<Map.Entry<String, String>> named(String key, Ssl ssl) {
        Stream.Builder<Map.Entry<String, String>> named = Stream.builder();
        if (ssl.getBundle() != null) {
            named.add(Map.entry(key + ".bundle", ssl.getBundle()));
        }
        for (int index = 0; index < ssl.getServerNameBundles().size(); index++) {
            named.add(Map.entry(
                    key + ".server-name-bundles[" + index + "].bundle",
                    ssl.getServerNameBundles().get(index).bundle()));
        }
        return named.build();
    }

    private void note(String key, String words) {
        problems.add(new SettingsProblem(key, "", words));
    }

    /** The innermost words, unless they quote a text that was given in place of a file. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
            if (cause instanceof UnrecoverableKeyException) {
                return "its password is wrong";
            }
        }
        String words = String.valueOf(cause.getMessage());
        return words.contains("-----") || words.contains("\n")
                ? cause.getClass().getSimpleName()
                : words;
    }
}
