package dev.sallyport.gateway;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway as a Spring Boot application; its command line is {@link Cli}. */
@SpringBootApplication
public class SallyportApplication {
    /** Runs the command line and leaves with its exit status, unless a server goes on running. */
    public static void main(String[] arguments) {
        int status = Cli.run(arguments);
        if (status != Cli.KEEPS_RUNNING) {
            System.exit(status);
        }
    }
}
