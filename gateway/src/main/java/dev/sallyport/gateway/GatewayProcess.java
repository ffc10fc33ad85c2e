package dev.sallyport.gateway;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The running gateway. */
final class GatewayProcess {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

    private GatewayProcess() {}

    /** Starts it; returns once it serves. */
    static ConfigurableApplicationContext start(List<String> arguments) {
        StartLog.quiet();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SallyportApplication.class)
                .logStartupInfo(false)
                .listeners(new EarlyCheck())
                .run(arguments.toArray(new String[0]));
        var environment = context.getEnvironment();
        LOG.info(
                "Sallyport serves on port {}; management on port {}",
                environment.getProperty("local.server.port"),
                environment.getProperty("local.management.port"));
        return context;
    }
}
