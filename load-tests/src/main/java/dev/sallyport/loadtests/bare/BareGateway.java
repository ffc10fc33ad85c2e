package dev.sallyport.loadtests.bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/** Forwards everything to one upstream, {@code --upstream=URL}: what forwarding alone costs on this framework. */
@SpringBootApplication
public class BareGateway {
    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(BareGateway.class);
        application.setDefaultProperties(java.util.Map.of(
                "spring.cloud.compatibility-verifier.enabled", "false",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn"));
        application.run(arguments);
    }

    @Bean
    RouteLocator everything(
            RouteLocatorBuilder routes,
            @org.springframework.beans.factory.annotation.Value("${upstream}") String upstream) {
        return routes.routes()
                .route("everything", route -> route.path("/**").uri(upstream))
                .build();
    }
}
