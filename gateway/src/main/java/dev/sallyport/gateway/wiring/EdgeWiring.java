package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.drain.Drain;
import dev.sallyport.gateway.http.ErrorsAsRejections;
import dev.sallyport.gateway.http.HttpServerCustomization;
import dev.sallyport.gateway.http.ServerLimits;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.http.connection.DroppedErrors;
import dev.sallyport.gateway.log.AccessLog;
import dev.sallyport.gateway.log.KnownProjects;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.ConnectionMeters;
import dev.sallyport.gateway.management.DrainGauges;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.gateway.trace.Tracing;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.idempotency.UnfinishedCalls;
import dev.sallyport.overload.GatewayPressure;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The edge towards callers: the server, its bounds, its connections and their end. */
@Configuration(proxyBeanMethods = false)
class EdgeWiring {
    @Bean
    ConnectionMeters connectionMeters(MeterRegistry registry, LineWindows windows) {
        return new ConnectionMeters(registry, windows);
    }

    @Bean
    DroppedErrors droppedErrors(ConnectionMeters meters) {
        return new DroppedErrors(meters);
    }

    @Bean
    CallReports callReports(Settings settings, GatewayMeters meters, LineWindows windows, Tracing tracing) {
        return new CallReports(
                settings.serverTiming(),
                AccessLog.of(settings.logs(), windows),
                KnownProjects.of(settings),
                meters.calls()::abortedInFront,
                tracing.spans());
    }

    @Bean
    HttpServerCustomization edge(
            Settings settings,
            Reloader serving,
            GatewayMeters meters,
            ConnectionMeters connections,
            CallReports reports) {
        return new HttpServerCustomization(settings.request(), serving, meters.refusals(), connections, reports);
    }

    @Bean
    WebHttpHandlerBuilderCustomizer otherRequests(
            HttpServerCustomization edge, GlobalCorsProperties origins, GatewayProperties routes) {
        boolean answersPreflights = !origins.getCorsConfigurations().isEmpty()
                || routes.getRoutes().stream()
                        .anyMatch(route -> route.getMetadata().containsKey("cors"));
        return builder -> builder.httpHandlerDecorator(gateway -> edge.handler(gateway, answersPreflights));
    }

    @Bean
    ErrorsAsRejections errorsAsRejections(HttpServerCustomization edge) {
        return edge.errors();
    }

    /** Known operations are answered before Reactor Netty and Spring see the request; see ADR 2 and 25. */
    @Bean
    ServerLimits serverLimits(HttpServerCustomization edge, ServerProperties server, GatewayPressure pressure) {
        return edge.limits(
                server.getForwardHeadersStrategy() == ForwardHeadersStrategy.NATIVE,
                operation -> pressure.refuses(operation.id(), operation.priority()));
    }

    @Bean
    Drain drain(Settings settings, ServerLimits server, Reloader serving) {
        var times = new Drain.Times(settings.drain().delay(), settings.drainGrace(), settings.longestDeadline());
        UnfinishedCalls unfinished = serving.now()
                .memory()
                .idempotency()
                .map(Idempotency::unfinished)
                .orElseGet(UnfinishedCalls::new);
        return new Drain(server.connections(), unfinished, times);
    }

    @Bean
    DrainGauges drainGauges(ServerLimits server, Drain drain) {
        return new DrainGauges(server.connections(), drain);
    }
}
