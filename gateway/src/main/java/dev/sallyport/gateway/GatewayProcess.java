package dev.sallyport.gateway;

import dev.sallyport.gateway.drain.Drain;
import dev.sallyport.gateway.drain.StopSignals;
import dev.sallyport.gateway.output.LogOutput;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The running gateway. */
final class GatewayProcess {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

    private GatewayProcess() {}

    /**
     * Starts it; returns once it serves. Only from then on a signal has it stop in order: Spring's own hook would have a process
     * that is told to end in the middle of its start finish that start first.
     */
    static ConfigurableApplicationContext start(List<String> arguments) {
        StartLog.quiet();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SallyportApplication.class)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .listeners(new EarlyCheck())
                .run(arguments.toArray(new String[0]));
        context.registerShutdownHook();
        StopSignals.handle(context.getBean(Drain.class), context.getBean(LogOutput.class)::close);
        var environment = context.getEnvironment();
        LOG.info(
                "Sallyport serves on port {}; management on port {}",
                environment.getProperty("local.server.port"),
                environment.getProperty("local.management.port"));
        return context;
    }
}
