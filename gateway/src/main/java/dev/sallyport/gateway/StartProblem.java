package dev.sallyport.gateway;

import dev.sallyport.contract.PackProblem;
import dev.sallyport.gateway.settings.SettingsException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Why the product did not start, in words for the person who started it. */
final class StartProblem {
    private StartProblem() {}

    /** The one sentence that helps, from somewhere in a chain of causes. */
    static String words(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PackProblem || cause instanceof SettingsException) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof PortInUseException taken) {
                return "port " + taken.getPort() + " is taken; choose another with --server.port=PORT"
                        + " (traffic) or --management.server.port=PORT (management)";
            }
        }
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
