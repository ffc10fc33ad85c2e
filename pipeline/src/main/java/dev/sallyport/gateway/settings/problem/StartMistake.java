package dev.sallyport.gateway.settings.problem;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.contract.file.FileFailure;
import dev.sallyport.contract.file.PackProblem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** What an operator got wrong in settings or contracts, in words that help; never a line of a file, which may hold a secret. */
public final class StartMistake {
    /** What Spring says of its own settings where only a start finds out; they have no type of their own that tells a mistake. */
    private static final List<String> OF_SPRINGS = List.of(
            "Logback configuration error detected",
            "Unable to find RoutePredicateFactory with name",
            "Unable to find GatewayFilterFactory with name");

    private StartMistake() {}

    /** The words for a failure; empty if it is none of an operator's. */
    public static Optional<String> words(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PackProblem || cause instanceof SettingsException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof InvalidSetting invalid) {
                return Optional.of(invalid.key() + ": " + invalid.getMessage());
            }
            if (cause instanceof BindException bind && bind.getProperty() != null) {
                return Optional.of(broken(bind, bind.getProperty()));
            }
            if (cause instanceof InvalidConfigurationPropertyValueException value) {
                return Optional.of(value.getName() + ": is not valid: " + value.getReason());
            }
            if (cause instanceof FileSystemException unreadable) {
                return Optional.of(unreadable.getFile() + ": cannot be read: " + FileFailure.words(unreadable));
            }
            if (cause instanceof FileNotFoundException unreadable) { // the path stands in its message
                return Optional.of("a file cannot be read: " + unreadable.getMessage());
            }
            if (cause instanceof ConfigDataNotFoundException missing) {
                return Optional.of("a settings file cannot be found: " + missing.getReferenceDescription());
            }
            if (cause instanceof FailureAnalyzedException analyzed) {
                return Optional.of(analyzed.analysis().getDescription());
            }
            String words = String.valueOf(cause.getMessage());
            if (OF_SPRINGS.stream().anyMatch(words::startsWith)) {
                return Optional.of(words.lines().limit(2).collect(Collectors.joining(" ")));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a failure may pass although no file changes: the system would not let one be read, or it is a bug. What a file
     * says that is wrong stays wrong.
     */
    public static boolean mayPass(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return words(failure).isEmpty();
    }

    /** One of Spring's own settings. */
    private static String broken(BindException bind, ConfigurationProperty property) {
        String words = Expectation.broken(bind.getName(), bind.getTarget(), property.getValue());
        return new SettingsProblem(bind.getName().toString(), PropertyOrigins.of(Optional.of(property)), words)
                .toString();
    }
}
