package dev.sallyport.gateway;

import dev.sallyport.gateway.wiring.Wiring;
import java.io.File;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The gateway as a Spring Boot application; its command line is {@link Cli}. What it is made of is named, so that no start has to look for
 * it: its own parts by {@link Wiring}, Spring's in {@code META-INF/spring/} under this class's name.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration
@Import(Wiring.class)
public class SallyportApplication {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";
    private static final String LIBRARY = "amazonCorrettoCryptoProvider";
    private static final String LIBRARY_ON_PATH = "com.amazon.corretto.crypto.provider.useExternalLib";

    /** Runs the command line and leaves with its exit status, unless a server goes on running. */
    public static void main(String[] arguments) {
        watchNoBuffersUnlessAsked();
        renegotiateWithNoClientUnlessAsked();
        takeUnpackedLibraryUnlessAsked();
        int status = Cli.run(arguments);
        if (status != Cli.KEEPS_RUNNING) {
            System.exit(status);
        }
    }

    /**
     * Netty takes a stack trace of every 128th buffer to tell of leaks. Ours are copied and released where they arrive, which
     * every test holds with the detection at its most suspicious; {@code -Dio.netty.leakDetection.level=simple} brings it back.
     */
    private static void watchNoBuffersUnlessAsked() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
    }

    /** In TLS 1.2 a client could have a connection make one handshake after another, past all that bounds connections. */
    private static void renegotiateWithNoClientUnlessAsked() {
        if (System.getProperty(NO_RENEGOTIATION) == null) {
            System.setProperty(NO_RENEGOTIATION, "true");
        }
    }

    /**
     * Out of its signed jar, the provider's native library of nine megabytes is hashed and written to a temporary file at each start.
     * The image and the script have it unpacked, on the path where the JVM looks for such.
     */
    private static void takeUnpackedLibraryUnlessAsked() {
        if (System.getProperty(LIBRARY_ON_PATH) == null) {
            for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator, -1)) {
                if (new File(folder, System.mapLibraryName(LIBRARY)).isFile()) {
                    System.setProperty(LIBRARY_ON_PATH, "true");
                }
            }
        }
    }
}
