package dev.sallyport.starter;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.starter.route.HeldReplyFilter;
import dev.sallyport.starter.route.ReplyHolding;
import dev.sallyport.starter.route.RouteCalls;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The filter {@code SessionContract} in an application of Spring Cloud Gateway, and the pipeline behind it. Off where that gateway
 * is, and by {@code spring.cloud.gateway.server.webflux.filter.session-contract.enabled=false}, as filters of its own are.
 */
@AutoConfiguration(
        after = GatewayAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.reactor.netty.autoconfigure.ReactorNettyAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({GatewayAutoConfiguration.class, NettyWriteResponseFilter.class})
@ConditionalOnProperty(name = GatewayProperties.PREFIX + ".enabled", matchIfMissing = true)
@ConditionalOnProperty(name = GatewayProperties.PREFIX + ".filter.session-contract.enabled", matchIfMissing = true)
@Import(PipelineWiring.class)
public class SessionContractAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    SessionContractGatewayFilterFactory sessionContractGatewayFilterFactory(
            RouteCalls calls, KnownOperations operations) {
        return new SessionContractGatewayFilterFactory(calls, operations);
    }

    @Bean
    KnownOperations sallyportKnownOperations(Generation serving, GatewayProperties gateway) {
        return new KnownOperations(serving.serving().routes(), gateway);
    }

    @Bean
    RouteCalls sallyportRouteCalls(Settings settings, Generation generation, GatewayMeters meters) {
        ServingSnapshot served = generation.serving();
        var replies = new ReplyHolding(new RefusalWriter(meters.refusals()), served);
        return new RouteCalls(served, replies, settings.request());
    }

    @Bean
    HeldReplyFilter sallyportHeldReplyFilter() {
        return new HeldReplyFilter();
    }

    /** Of an application that tells its health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ReactiveHealthIndicator.class)
    static class HealthConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "sessionKeysHealthIndicator")
        ReactiveHealthIndicator sessionKeysHealthIndicator(
                JwksKeySource keys, Settings settings, ContractCatalog catalog) {
            return new SessionKeysHealth(keys, KeyIssuers.of(settings, catalog));
        }
    }
}
