package dev.sallyport.gateway.tls;

import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/** Reads the files that settings of TLS name, one by one, because of a whole bundle Java says neither which nor why. */
final class SslFiles {
    private static final String BASE64 = "base64:";

    private final Binder binder;

    SslFiles(Binder binder) {
        this.binder = binder;
    }

    /** What is wrong with those of a section, without places. */
    List<SettingsProblem> problems(String section, List<SslFile> files) {
        return files.stream()
                .flatMap(file -> problem(section + ".", file).stream())
                .toList();
    }

    private Optional<SettingsProblem> problem(String section, SslFile file) {
        String value = value(section + file.name());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] content = content(value);
            return switch (file.content()) {
                case CERTIFICATES -> certificates(section, file, content);
                case PRIVATE_KEY -> privateKey(section, file, content);
                case KEY_STORE -> keyStore(section, file, content);
            };
        } catch (IOException unreadable) {
            return problem(section + file.name(), "must be a file that can be read, was " + shown(value));
        }
    }

    private static byte[] content(String value) throws IOException {
        if (PemContent.isPresentInText(value)) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        Resource file =
                ApplicationResourceLoader.get(new DefaultResourceLoader(), true).getResource(value);
        return file.getContentAsByteArray();
    }

    private Optional<SettingsProblem> certificates(String section, SslFile file, byte[] content) {
        try {
            return pem(content).getCertificates().isEmpty() ? noPem(section, file, "certificate") : Optional.empty();
        } catch (RuntimeException none) {
            return noPem(section, file, "certificate");
        }
    }

    private Optional<SettingsProblem> privateKey(String section, SslFile file, byte[] content) {
        PemContent text = pem(content);
        String password = file.password().isEmpty() ? "" : value(section + file.password());
        try {
            return text.getPrivateKey(password.isEmpty() ? null : password) == null
                    ? noPem(section, file, "private key")
                    : Optional.empty();
        } catch (RuntimeException unreadable) {
            boolean isEncrypted = text.toString().contains("BEGIN ENCRYPTED PRIVATE KEY");
            if (isEncrypted && file.password().isEmpty()) {
                return problem(section + file.name(), "must not be encrypted: only a bundle takes its password");
            }
            return isEncrypted ? notOpened(section, file) : noPem(section, file, "private key");
        }
    }

    private Optional<SettingsProblem> keyStore(String section, SslFile file, byte[] content) {
        String type = Optional.of(value(section + file.type()))
                .filter(given -> !given.isEmpty())
                .orElseGet(KeyStore::getDefaultType);
        String password = value(section + file.password());
        try {
            KeyStore.getInstance(type)
                    .load(new ByteArrayInputStream(content), password.isEmpty() ? null : password.toCharArray());
            return Optional.empty();
        } catch (KeyStoreException unknown) {
            return problem(section + file.type(), "must be a type of key store such as PKCS12 or JKS, was " + type);
        } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
            return unreadable.getCause() instanceof UnrecoverableKeyException
                    ? notOpened(section, file)
                    : problem(
                            section + file.name(),
                            "must be a key store of type " + type.toUpperCase(Locale.ROOT) + ", which "
                                    + shown(value(section + file.name())) + " is not"
                                    + (content.length == 0 ? ": it is empty" : ""));
        }
    }

    private Optional<SettingsProblem> noPem(String section, SslFile file, String wanted) {
        String key = section + file.name();
        return problem(key, "must hold a " + wanted + " in PEM, which " + shown(value(key)) + " does not");
    }

    private Optional<SettingsProblem> notOpened(String section, SslFile file) {
        String key = section + file.password();
        return value(key).isEmpty()
                ? problem(section + file.name(), "is encrypted: must be opened by a password under " + key)
                : problem(
                        key,
                        "must be the password of " + shown(value(section + file.name())) + ", which it does not open");
    }

    private static Optional<SettingsProblem> problem(String key, String words) {
        return Optional.of(new SettingsProblem(key, "", words));
    }

    private static PemContent pem(byte[] content) {
        return PemContent.of(new String(content, StandardCharsets.UTF_8));
    }

    /** Never a text in place of a file: it may be a key. */
    private static String shown(String value) {
        return PemContent.isPresentInText(value) || value.startsWith(BASE64) ? "the text that stands there" : value;
    }

    private String value(String key) {
        return binder.bind(key, String.class).orElse("");
    }
}
