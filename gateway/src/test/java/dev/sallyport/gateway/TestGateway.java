package dev.sallyport.gateway;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway on free ports, in this process. A start takes seconds: one for each test class. */
final class TestGateway implements AutoCloseable {
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
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--management.server.port=0", "--sallyport.provider.base-url=" + provider));
        arguments.addAll(List.of(settings));
        return new TestGateway(new SpringApplicationBuilder(SallyportApplication.class)
                .logStartupInfo(false)
                .run(arguments.toArray(new String[0])));
    }

    int port() {
        return port("local.server.port");
    }

    int managementPort() {
        return port("local.management.port");
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
