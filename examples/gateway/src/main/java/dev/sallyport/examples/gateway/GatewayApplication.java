package dev.sallyport.examples.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Nothing but a start. */
@SpringBootApplication
public class GatewayApplication {
    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
