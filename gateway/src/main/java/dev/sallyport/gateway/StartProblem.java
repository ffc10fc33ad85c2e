package dev.sallyport.gateway;

import dev.sallyport.gateway.settings.Mistake;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Why the product did not start, in words for the person who started it. */
final class StartProblem {
    private StartProblem() {}

    /** Tells it: mistakes line by line, each from its place on, as editors read it; of a bug, everything. */
    static void tell(Throwable failure, PrintWriter err) {
        if (isEnding()) {
            return;
        }
        Optional<String> words = words(failure);
        words.ifPresent(text -> err.println("sallyport: " + text));
        if (words.isEmpty()) {
        Optional<String> words = Mistake.words(failure);
        words.ifPresent(err::println);
        Optional<String> taken = portTaken(failure);
        taken.ifPresent(text -> err.println("sallyport: " + text));
        if (words.isEmpty() && taken.isEmpty()) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** Whether the process is about to end, by Ctrl-C or another signal: then everything may fail. Only then there are no more hooks. */
    private static boolean isEnding() {
        var hook = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private static Optional<String> words(Throwable failure) {
        return Mistake.words(failure).or(() -> portTaken(failure));
    }

    private static Optional<String> portTaken(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return Optional.of("port " + taken.getPort() + " is taken; choose another with --server.port=PORT"
                        + " (traffic) or --management.server.port=PORT (management)");
            }
        }
        return Optional.empty();
    }
}
