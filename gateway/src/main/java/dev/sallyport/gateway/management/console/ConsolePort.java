package dev.sallyport.gateway.management.console;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.drain.Drain;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The console in the management port's own context. {@code META-INF/spring} names it; it carries no annotation, because the scan for
 * components would serve it on the port of calls as well.
 */
final class ConsolePort {
    @Bean
    ConsoleRoutes consoleRoutes(Console console, ConsoleAccess access, Drain drain) {
        return new ConsoleRoutes(console, access, drain::hasBegun);
    }

    @Bean
    RouterFunction<ServerResponse> consolePages(Settings settings, ConsoleRoutes routes) {
        return settings.management().console()
                ? routes.routes()
                : RouterFunctions.route(
                        RequestPredicates.path("/console"),
                        request -> ServerResponse.notFound().build());
    }
}
