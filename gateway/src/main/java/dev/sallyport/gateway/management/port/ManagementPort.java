package dev.sallyport.gateway.management.port;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.ConnectionMeters;
import dev.sallyport.gateway.management.login.BearerTokens;
import dev.sallyport.gateway.management.login.Logins;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Parts of the management port's own context. {@code META-INF/spring} names it; it carries no annotation, because the scan for
 * components would take it into the context of calls as well.
 */
final class ManagementPort {
    /** In front of every other filter. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter managementGuard(Settings settings, Environment environment, Logins logins, MeterRegistry registry) {
        Set<String> names = new HashSet<>(settings.management().hosts());
        names.add(environment.getProperty("management.server.address", "").toLowerCase(Locale.ROOT));
        Optional<BearerTokens> tokens =
                settings.management().tokenFile().map(Path::of).map(BearerTokens::new);
        Optional<Logins> browsers = Optional.of(logins)
                .filter(login -> login.asksForToken() && settings.management().console());
        return new ManagementGuard(new HostNames(names), tokens, browsers, registry);
    }

    @Bean
    PlainUnlessAsked plainUnlessAsked(ManagementServerProperties properties) {
        return new PlainUnlessAsked(properties);
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> boundedConnections(
            Settings settings, MeterRegistry registry, ConnectionMeters meters, LineWindows windows) {
        var bounds = new PortConnections(
                settings.management().maxConnections(),
                settings.request(),
                ManagementGuard.refused(registry, "connections"),
                meters,
                windows);
        return factory -> factory.addServerCustomizers(bounds::in);
    }

    /** Spring hands {@code server.ssl} and {@code server.http2} on to this port, where probes and scrapes expect neither. */
    static final class PlainUnlessAsked implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {
        private final ManagementServerProperties properties;

        PlainUnlessAsked(ManagementServerProperties properties) {
            this.properties = properties;
        }

        @Override
        public void customize(ConfigurableWebServerFactory factory) {
            if (properties.getSsl() == null) {
                factory.setSsl(null);
            }
            factory.setHttp2(new Http2());
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
