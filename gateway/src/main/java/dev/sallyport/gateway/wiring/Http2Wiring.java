package dev.sallyport.gateway.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * HTTP/2 at the callers' port, if {@code server.http2.enabled} says so. Spring Cloud Gateway would take that for its connections to the
 * upstreams of routes as well.
 */
@Configuration(proxyBeanMethods = false)
class Http2Wiring {
    @Bean
    static BeanPostProcessor http2IsForCallersOnly() {
        return new ForCallersOnly();
    }

    /** Behind Spring's own, which has put the property into the factory. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> http2ForCallers(Environment environment) {
        boolean isOn = environment.getProperty("server.http2.enabled", Boolean.class, false);
        return factory -> {
            if (isOn) {
                var http2 = new Http2();
                http2.setEnabled(true);
                factory.setHttp2(http2);
            }
        };
    }

    private static final class ForCallersOnly implements BeanPostProcessor {
        @Override
        public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof ServerProperties server) {
                server.getHttp2().setEnabled(false);
            }
            return bean;
        }
    }
}
