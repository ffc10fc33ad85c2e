package dev.sallyport.gateway.keys;

import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Amazon Corretto Crypto Provider, which verifies RS256 in less than half of the JDK's time, where its native library
 * loads; elsewhere the JDK's own provider does the work. Looked up by name, so that nothing depends on it at compile time.
 */
public final class FastCrypto {
    private static final Logger LOG = LoggerFactory.getLogger(FastCrypto.class);
    private static final String PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private FastCrypto() {}

    /** The provider, if it is here and works on this machine. */
    public static Optional<Provider> provider() {
        try {
            Class<?> type = Class.forName(PROVIDER);
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            type.getMethod("assertHealthy").invoke(provider);
            return Optional.of(provider);
        } catch (ReflectiveOperationException | LinkageError notHere) {
            LOG.info(
                    "Signatures are verified by the JDK's own provider: the accelerated one does not load here ({})",
                    String.valueOf(notHere instanceof InvocationTargetException ? notHere.getCause() : notHere));
            return Optional.empty();
        }
    }
}
