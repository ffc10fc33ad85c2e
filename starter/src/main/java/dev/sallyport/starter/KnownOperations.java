package dev.sallyport.starter;

import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.Routes.Route;
import dev.sallyport.gateway.settings.problem.NearestKey;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;

/**
 * The operations that routes may name. Routes of the application's properties are held against them at the start: Spring Cloud
 * Gateway makes its filters later, and a route that cannot be made would be missing without a word.
 */
final class KnownOperations implements SmartInitializingSingleton {
    private static final String EXPRESSION = "#{";

    private final Routes routes;
    private final GatewayProperties gateway;

    KnownOperations(Routes routes, GatewayProperties gateway) {
        this.routes = routes;
        this.gateway = gateway;
    }

    /**
     * The operation of an id; a {@link SettingsException} if there is none.
     *
     * @param key where it is named
     */
    Route named(String id, String key) {
        return routes.ofOperation(id)
                .orElseThrow(() -> new SettingsException(List.of(new SettingsProblem(key, "", unknown(id)))));
    }

    private String unknown(String id) {
        return id + " is no operation of the contract pack"
                + NearestKey.misspelt(id, routes.operations().stream())
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElseGet(() -> "; known are " + String.join(", ", routes.operations()));
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<SettingsProblem> problems = new ArrayList<>();
        check(GatewayProperties.PREFIX + ".default-filters", gateway.getDefaultFilters(), problems);
        List<RouteDefinition> defined = gateway.getRoutes();
        for (int index = 0; index < defined.size(); index++) {
            check(
                    GatewayProperties.PREFIX + ".routes[" + index + "].filters",
                    defined.get(index).getFilters(),
                    problems);
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private void check(String key, List<FilterDefinition> filters, List<SettingsProblem> problems) {
        for (int index = 0; index < filters.size(); index++) {
            FilterDefinition filter = filters.get(index);
            if (SessionContractGatewayFilterFactory.NAME.equals(filter.getName())) {
                check(key + "[" + index + "]", filter.getArgs(), problems);
            }
        }
    }

    private void check(String key, Map<String, String> arguments, List<SettingsProblem> problems) {
        if (arguments.size() > 1) {
            problems.add(new SettingsProblem(key, "", "takes one operation, or none for all of the contract pack"));
        }
        arguments.values().stream()
                .filter(id ->
                        !id.startsWith(EXPRESSION) && routes.ofOperation(id).isEmpty())
                .forEach(id -> problems.add(new SettingsProblem(key, "", unknown(id))));
    }
}
