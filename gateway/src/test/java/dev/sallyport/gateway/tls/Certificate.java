package dev.sallyport.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** A key with a certificate of its own making, made by the JDK's tool: in a store, and as texts. On a curve, since
 * primes for RSA take seconds without the second compiler. */
public final class Certificate {
    public static final String PASSWORD = "changeit";
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
        return made(folder, name, "CN=test", "-ext", "san=" + name);
    }

    /** The same by another key. */
    public static Certificate another(Path folder, String name) throws Exception {
        return made(folder, "another-" + name, "CN=test", "-ext", "san=" + name);
    }

    /** One that has ended. */
    public static Certificate expired(Path folder, String name) throws Exception {
        return made(folder, "expired-" + name, "CN=test", "-ext", "san=" + name, "-startdate", "-9d");
    }

    /** One that signs others. */
    public static Certificate authority(Path folder) throws Exception {
        return made(folder, "authority", "CN=authority", "-ext", "bc:c");
    }

    /** For one name, signed by an authority, which is shown along. */
    public static Certificate signedBy(Certificate authority, Path folder, String name) throws Exception {
        Certificate signed = made(folder, "signed-" + name, "CN=signed", "-ext", "san=" + name);
        Path request = folder.resolve("request.pem");
        keytool(folder, signed.store, "-certreq", "-file", request.toString());
        Path answer = folder.resolve("signed.pem");
        String[] signing = {"-gencert", "-rfc", "-validity", "2", "-ext", "san=" + name};
        keytool(
                folder,
                authority.store,
                Stream.concat(
                                Stream.of(signing),
                                Stream.of("-infile", request.toString(), "-outfile", answer.toString()))
                        .toArray(String[]::new));
        try (InputStream pem = Files.newInputStream(answer)) {
            signed.show(CertificateFactory.getInstance("X.509").generateCertificate(pem), authority.shown());
        }
        return signed;
    }

    private static Certificate made(Path folder, String file, String subject, String... more) throws Exception {
        Path store = folder.resolve(file.replace(':', '-') + ".p12");
        String[] making = {
            "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", subject, "-validity", "2"
        };
        keytool(folder, store, Stream.concat(Stream.of(making), Stream.of(more)).toArray(String[]::new));
        return new Certificate(store);
    }

    private static void keytool(Path folder, Path store, String... arguments) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "keytool", ".txt").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    /** From now on shows these certificates, its own first; the keys stay. */
    public void show(java.security.cert.Certificate... chain) throws GeneralSecurityException {
        keys.setKeyEntry(ALIAS, keys.getKey(ALIAS, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
    }

    /** What it shows. */
    public X509Certificate shown() throws GeneralSecurityException {
        return (X509Certificate) keys.getCertificate(ALIAS);
    }

    /** Its public key as settings pin it. */
    public String pin() throws GeneralSecurityException {
        byte[] key = shown().getPublicKey().getEncoded();
        return "sha256/"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }

    public KeyManagerFactory keyManagers() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return managers;
    }

    public Path store() {
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

    /** A bundle that trusts the certificate and no other. */
    public SslBundle trusted() throws Exception {
        return SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate("file:" + certificate())));
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

    /** Makes a store that holds the key and the certificate under another password. */
    public Path store(Path file, String password) throws GeneralSecurityException, IOException {
        KeyStore copy = KeyStore.getInstance("PKCS12");
        copy.load(null, null);
        char[] opens = password.toCharArray();
        copy.setKeyEntry(ALIAS, keys.getKey(ALIAS, PASSWORD.toCharArray()), opens, keys.getCertificateChain(ALIAS));
        try (OutputStream out = Files.newOutputStream(file)) {
            copy.store(out, opens);
        }
        return file;
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
