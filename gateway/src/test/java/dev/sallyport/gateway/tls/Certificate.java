package dev.sallyport.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate of its own making, made by the JDK's tool: in a store, and as texts. On a curve, since
 * primes for RSA take seconds without the second compiler. */
public final class Certificate {
    static final String PASSWORD = "changeit";
    private static final String ALIAS = "own";

    private final Path store;
    private final KeyStore keys;

    private Certificate(Path store) throws GeneralSecurityException, IOException {
        this.store = store;
        this.keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
    }

    /** For one name, {@code dns:localhost} or {@code ip:127.0.0.1}. */
    public static Certificate of(Path folder, String name) throws Exception {
        return made(folder, name, name);
    }

    /** The same by another key. */
    public static Certificate another(Path folder, String name) throws Exception {
        return made(folder, "another-" + name, name);
    }

    private static Certificate made(Path folder, String file, String name) throws Exception {
        Path store = folder.resolve(file.replace(':', '-') + ".p12");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        tool.toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + name,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "keytool", ".txt").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        return new Certificate(store);
    }

    public KeyManagerFactory keyManagers() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return managers;
    }

    Path store() {
        return store;
    }

    /** A file with the certificate as PEM. */
    public Path certificate() throws Exception {
        return pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    }

    /** A file with the key as PEM. */
    public Path privateKey() throws Exception {
        return pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    }

    /** For a client that trusts the certificate and no other. */
    public SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", keys.getCertificate(ALIAS));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Makes a store that holds the certificate, as one of another end that is trusted, and no key. */
    public void trustedIn(Path file) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("other-end", keys.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private Path pem(String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path file = store.resolveSibling(store.getFileName() + "." + kind.replace(' ', '-') + ".pem");
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
