package dev.sallyport.gateway;

import dev.sallyport.config.InvalidSetting;
import dev.sallyport.contract.PackProblem;
import dev.sallyport.gateway.settings.SettingsException;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Why the product did not start, in words for the person who started it. */
final class StartProblem {
    private StartProblem() {}

    /** Tells it: the one sentence that helps or, of a bug, everything. */
    static void tell(Throwable failure, PrintWriter err) {
        Optional<String> words = words(failure);
        words.ifPresent(text -> err.println("sallyport: " + text));
        if (words.isEmpty()) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** Looks for a known cause in the chain. */
    private static Optional<String> words(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PackProblem || cause instanceof SettingsException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof InvalidSetting invalid) {
                return Optional.of(invalid.key() + ": " + invalid.getMessage());
            }
            if (cause instanceof MarkedYAMLException yaml) {
                return Optional.of("the settings file is not YAML: " + yaml.getProblem() + " at line "
                        + (yaml.getProblemMark().getLine() + 1) + ", column "
                        + (yaml.getProblemMark().getColumn() + 1));
            }
            if (cause instanceof PortInUseException taken) {
                return Optional.of("port " + taken.getPort() + " is taken; choose another with --server.port=PORT"
                        + " (traffic) or --management.server.port=PORT (management)");
            }
        }
        return Optional.empty();
    }
}
