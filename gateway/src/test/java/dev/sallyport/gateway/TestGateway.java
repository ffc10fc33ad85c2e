package dev.sallyport.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway on free ports, in this process. A start takes seconds: one for each test class. */
final class TestGateway implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;

    private TestGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts a gateway.
     *
     * @param provider its address, without a slash at the end
     * @param settings as on the command line: {@code --key=value}
     */
    static TestGateway inFrontOf(String provider, String... settings) {
        return started(new SpringApplicationBuilder(SallyportApplication.class), provider, settings);
    }

    /**
     * The same with more in it.
     *
     * @param parts beans that a test has for it
     */
    static TestGateway with(Class<?> parts, String provider, String... settings) {
        return started(new SpringApplicationBuilder(SallyportApplication.class, parts), provider, settings);
    }

    private static TestGateway started(SpringApplicationBuilder application, String provider, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--sallyport.drain.delay=0s",
                "--sallyport.provider.base-url=" + provider));
        if (Stream.of(settings).noneMatch(setting -> setting.contains("circuit-breaker"))) {
            arguments.add("--sallyport.circuit-breaker.mode=off"); // tests have the provider fail as they please
        }
        arguments.addAll(List.of(settings));
        return new TestGateway(application.logStartupInfo(false).run(arguments.toArray(new String[0])));
    }

    int port() {
        return port("local.server.port");
    }

    int managementPort() {
        return port("local.management.port");
    }

    /** A part of the running gateway. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The lines of what Prometheus would scrape now. */
    Stream<String> scraped() throws IOException {
        URI scrape = URI.create("http://127.0.0.1:" + managementPort() + "/actuator/prometheus");
        try (InputStream text = scrape.toURL().openStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    /** The value of one series: name and labels as they are scraped; zero of one that is not there. */
    double counted(String series) throws IOException {
        return scraped()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findAny()
                .orElse(0);
    }

    /** What the gateway says of the contracts in force. */
    JsonNode contracts() throws IOException {
        try (InputStream text = contractsUrl().toURL().openStream()) {
            return JSON.readTree(text);
        }
    }

    /** What the gateway says of one operation's contract. */
    JsonNode contract(String operation) throws IOException {
        return contracts()
                .at("/operations")
                .valueStream()
                .filter(each -> each.at("/operation").asString().equals(operation))
                .findAny()
                .orElseThrow();
    }

    URI contractsUrl() {
        return URI.create("http://127.0.0.1:" + managementPort() + "/actuator/contracts");
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
