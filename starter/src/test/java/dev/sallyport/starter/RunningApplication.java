package dev.sallyport.starter;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** An application of Spring Cloud Gateway with the starter, on a free port, in this process. */
final class RunningApplication implements AutoCloseable {
    static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;

    /** Little but what is configured by itself. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        /** Loops of its own: those of the process would end with the first application that does. */
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }
    }

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** With these settings, as on a command line. */
    static RunningApplication with(List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.cloud.compatibility-verifier.enabled=false",
                "--logging.level.root=warn"));
        arguments.addAll(settings);
        return new RunningApplication(new SpringApplicationBuilder(Application.class)
                .logStartupInfo(false)
                .run(arguments.toArray(new String[0])));
    }

    /** With one route to a provider, and filters on it. */
    static RunningApplication inFrontOf(String provider, List<String> filters, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--sallyport.provider.base-url=" + provider,
                ROUTE + "id=provider",
                ROUTE + "uri=" + provider,
                ROUTE + "predicates[0]=Path=/**"));
        for (int index = 0; index < filters.size(); index++) {
            all.add(ROUTE + "filters[" + index + "]=" + filters.get(index));
        }
        all.addAll(List.of(settings));
        return with(all);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** The value of one counter or timer's count, over all of its series with these tags. */
    double counted(String name, String... tags) {
        return context.getBean(MeterRegistry.class).find(name).tags(tags).meters().stream()
                .flatMap(meter ->
                        java.util.stream.StreamSupport.stream(meter.measure().spliterator(), false))
                .filter(measured -> measured.getStatistic() == Statistic.COUNT)
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    /** A call with a body, to be completed. */
    HttpRequest.Builder call(String path, String authorization, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    static HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return CLIENT.send(call.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }
}
