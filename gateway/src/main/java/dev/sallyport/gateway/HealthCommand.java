package dev.sallyport.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code health}, for supervisors that can only run a command. */
@Command(
        name = "health",
        description = "Asks a running gateway whether it may be sent calls. Exit status 0 if it says so, else 1.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "What is asked. Default: readiness, at port 9401 of this machine.")
    private URI url = HealthQuestion.READINESS;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long it may take. Default: 3.")
    private int seconds;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (seconds < 1 || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "health takes a --url with http or https and a --timeout of at least 1");
        }
        return new HealthQuestion(url, Duration.ofSeconds(seconds)).tell();
    }
}
