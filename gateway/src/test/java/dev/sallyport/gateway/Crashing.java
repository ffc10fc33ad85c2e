package dev.sallyport.gateway;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.gateway.assembly.ProviderAccess;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Has calls crash that ask for it, each with an exception that says what it should not. */
@Configuration(proxyBeanMethods = false)
class Crashing {
    private static RuntimeException bug() {
        var bug = new IllegalStateException(
                CanariesInSettingsTest.CANARY + " " + CanariesInSettingsTest.SECRET,
                new IllegalArgumentException(CanariesInSettingsTest.CANARY));
        bug.addSuppressed(new IllegalStateException(CanariesInSettingsTest.SECRET));
        return bug;
    }

    @Bean
    static BeanPostProcessor crashingOperations() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ProviderAccess access ? crashing(access) : bean;
            }
        };
    }

    private static ProviderAccess crashing(ProviderAccess access) {
        return new ProviderAccess(
                (contract, reading) -> crashing(access.upstreams().apply(contract, reading)), access.keys());
    }

    private static Upstream<ReadCall> crashing(Upstream<ReadCall> upstream) {
        return call -> switch (String.valueOf(call.call().headers().first("x-crash"))) {
            case "thrown" -> throw bug();
            case "told" -> Mono.<Reply>error(bug());
            default -> upstream.send(call);
        };
    }

    @Bean
    GlobalFilter crashingRoutes() {
        return (exchange, chain) -> {
            if (exchange.getRequest().getHeaders().getFirst("X-Crash") != null) {
                throw bug();
            }
            return chain.filter(exchange);
        };
    }
}
