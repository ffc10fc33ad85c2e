package dev.sallyport.gateway;

import java.util.List;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Spring's environment without anything started in it, for commands that only read settings. */
final class OfflineSettings {
    private OfflineSettings() {}

    /** No beans: only the environment is wanted. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    /** What is made of the environment that these arguments give. */
    static <T> T read(List<String> arguments, Function<ConfigurableEnvironment, T> reading) {
        StartLog.quiet();
        SpringApplication application = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .listeners(new EarlyCheck())
                .build();
        try (var context = application.run(arguments.toArray(new String[0]))) {
            return reading.apply(context.getEnvironment());
        }
    }
}
