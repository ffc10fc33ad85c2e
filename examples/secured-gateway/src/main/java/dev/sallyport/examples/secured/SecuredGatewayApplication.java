package dev.sallyport.examples.secured;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Callers are services with a password of the application's own; they never see the provider's credentials. */
@SpringBootApplication
public class SecuredGatewayApplication {
    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        SpringApplication.run(SecuredGatewayApplication.class, arguments);
    }

    /** No caller is a browser with cookies, so there is nothing that a forged request could ride on. */
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
        return http.authorizeExchange(calls -> calls.anyExchange().authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(CsrfSpec::disable)
                .build();
    }
}
