package dev.sallyport.gateway.other;

import dev.sallyport.config.OtherCallSettings;
import dev.sallyport.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/**
 * The routes of {@code sallyport.other-calls}, for Spring Cloud Gateway. They lead to the provider, and come behind the
 * operator's own.
 */
public final class OtherCallRoutes implements RouteDefinitionLocator {
    private static final String NAME = "sallyport.other-call";
    private static final String PREFIX = "sallyport.other-calls.";

    private final List<RouteDefinition> definitions;

    /** What marks a route as one of these: a value that settings cannot have. */
    private record Name(String id) {}

    /** Those of the settings; a definition that cannot be read throws. */
    public OtherCallRoutes(Settings settings) {
        URI provider = settings.provider().baseUrl();
        this.definitions = settings.otherCalls().stream()
                .map(route -> definition(route, provider))
                .toList();
    }

    private static RouteDefinition definition(OtherCallSettings settings, URI provider) {
        var definition = new RouteDefinition();
        definition.setId(PREFIX + settings.id());
        definition.setUri(provider);
        definition.setOrder(Ordered.LOWEST_PRECEDENCE);
        definition.setPredicates(
                settings.predicates().stream().map(PredicateDefinition::new).toList());
        definition.setFilters(
                settings.filters().stream().map(FilterDefinition::new).toList());
        definition.setMetadata(Map.of(NAME, new Name(settings.id())));
        return definition;
    }

    List<RouteDefinition> definitions() {
        return definitions;
    }

    @Override
    public Flux<RouteDefinition> getRouteDefinitions() {
        return Flux.fromIterable(definitions);
    }

    /** The name of the route that a request took, or null if it is none of these. */
    static @Nullable String name(ServerWebExchange exchange) {
        @Nullable Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return route != null && route.getMetadata().get(NAME) instanceof Name name ? name.id() : null;
    }
}
