package dev.sallyport.gateway.other;

import dev.sallyport.config.OtherCallSettings;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionRouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import reactor.core.publisher.Flux;

/** Every route of the settings, made once at the start: what is wrong with one is told with its place, and all at once. */
public final class RouteCheck {
    private static final String OWN = "spring.cloud.gateway.server.webflux.routes";

    private final GatewayProperties properties;
    private final Factories factories;
    private final List<SettingsProblem> problems = new ArrayList<>();

    /**
     * What Spring Cloud Gateway makes routes of.
     *
     * @param arguments reads those of predicates and filters
     */
    @SuppressWarnings("rawtypes") // as Spring Cloud Gateway has them
    public record Factories(
            List<RoutePredicateFactory> predicates,
            List<GatewayFilterFactory> filters,
            ConfigurationService arguments) {
        public Factories {
            predicates = List.copyOf(predicates);
            filters = List.copyOf(filters);
        }
    }

    private RouteCheck(GatewayProperties properties, Factories factories) {
        this.properties = properties;
        this.factories = factories;
    }

    /** Makes all routes; throws a {@link SettingsException} with what is wrong, if anything is. */
    public static RouteCheck of(GatewayProperties properties, OtherCallRoutes others, Factories factories) {
        var check = new RouteCheck(properties, factories);
        check.tryEach(OWN, properties.getRoutes());
        check.tryEach(OtherCallSettings.KEY, others.definitions());
        if (!check.problems.isEmpty()) {
            throw new SettingsException(check.problems);
        }
        return check;
    }

    private void tryEach(String key, List<RouteDefinition> routes) {
        for (int index = 0; index < routes.size(); index++) {
            String place = key + "[" + index + "]";
            problem(routes.get(index))
                    .map(words -> new SettingsProblem(place, "", words))
                    .ifPresent(problems::add);
        }
    }

    private Optional<String> problem(RouteDefinition route) {
        try {
            new RouteDefinitionRouteLocator(
                            () -> Flux.just(route),
                            factories.predicates(),
                            factories.filters(),
                            properties,
                            factories.arguments())
                    .getRoutes()
                    .blockLast();
            return Optional.empty();
        } catch (RuntimeException wrong) {
            return Optional.of("cannot be made: " + words(wrong));
        }
    }

    /** Of the innermost cause, its first line: the rest is of Spring's inside. */
    private static String words(Throwable wrong) {
        Throwable innermost = wrong;
        for (@Nullable Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            innermost = cause.getMessage() == null ? innermost : cause;
        }
        return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    }
}
