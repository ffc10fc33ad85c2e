package dev.sallyport.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway as a Spring Boot application; its command line is {@link Cli}. */
@SpringBootApplication
public class SallyportApplication {
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    /** Runs the command line and leaves with its exit status, unless a server goes on running. */
    public static void main(String[] arguments) {
        watchNoBuffersUnlessAsked();
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
}
