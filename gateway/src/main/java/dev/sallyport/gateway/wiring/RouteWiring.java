package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.http.HttpServerCustomization;
import dev.sallyport.gateway.other.InterimReplies;
import dev.sallyport.gateway.other.OtherCallFilter;
import dev.sallyport.gateway.other.OtherCallRoutes;
import dev.sallyport.gateway.other.ProviderAnswer;
import dev.sallyport.gateway.other.ProviderRoutingFilter;
import dev.sallyport.gateway.other.RouteCheck;
import dev.sallyport.gateway.other.UnreadableReplies;
import dev.sallyport.gateway.provider.OtherCallUpstream;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.ProviderEndpoint;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.overload.GatewayPressure;
import java.util.List;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.NettyPipeline;

/** What Spring Cloud Gateway is given for other calls of the provider, and for the operator's own routes. */
@Configuration(proxyBeanMethods = false)
class RouteWiring {
    @Bean
    HttpClientCustomizer ownRoutes(ReactorResourceFactory resources, HttpClientProperties properties) {
        boolean reused = properties.getPool().getType() != HttpClientProperties.Pool.PoolType.DISABLED;
        return client -> client.runOn(resources.getLoopResources())
                .keepAlive(reused) // else the request has to say so (RFC 9112, 9.3)
                .doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "sallyport.interimReplies", new InterimReplies())
                        .addAfter("sallyport.interimReplies", "sallyport.unreadableReplies", new UnreadableReplies()));
    }

    @Bean
    OtherCallRoutes otherCallRoutes(Settings settings) {
        return new OtherCallRoutes(settings);
    }

    @Bean
    OtherCallFilter otherCallFilter(Settings settings, HttpServerCustomization edge, GatewayPressure pressure) {
        int body = (int) settings.request().bodyLimit().bytes();
        int reply = (int) settings.provider().replyLimit().bytes();
        return new OtherCallFilter(
                new OtherCallFilter.Limits(body, reply),
                edge.responses(),
                () -> pressure.refuses(OtherCalls.OPERATION, Priority.NORMAL));
    }

    @Bean
    ProviderAnswer providerAnswer() {
        return new ProviderAnswer();
    }

    @Bean
    ProviderRoutingFilter providerRouting(Settings settings, ProviderClients clients) {
        var provider = settings.provider();
        var endpoint = ProviderEndpoint.of(provider, clients.calls(), clients.watch());
        return new ProviderRoutingFilter(provider.baseUrl(), new OtherCallUpstream(endpoint), (int)
                settings.request().bodyLimit().bytes());
    }

    /** Before Spring Cloud Gateway makes the routes itself, and tells of a mistake by a stack. */
    @Bean
    RouteCheck routeCheck(
            GatewayProperties properties, OtherCallRoutes others, RouteCheck.Factories factories, FreshSettings fresh) {
        return fresh.placing(() -> RouteCheck.of(properties, others, factories));
    }

    @Bean
    @SuppressWarnings("rawtypes") // as Spring Cloud Gateway has them
    RouteCheck.Factories routeFactories(
            List<RoutePredicateFactory> predicates,
            List<GatewayFilterFactory> filters,
            ConfigurationService arguments) {
        return new RouteCheck.Factories(predicates, filters, arguments);
    }
}
