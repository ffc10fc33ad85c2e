package dev.sallyport.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway as a Spring Boot application; its command line is {@link Cli}. */
@SpringBootApplication
public class SallyportApplication {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /** Runs the command line and leaves with its exit status, unless a server goes on running. */
    public static void main(String[] arguments) {
        watchNoBuffersUnlessAsked();
        renegotiateWithNoClientUnlessAsked();
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
}
