package dev.sallyport.gateway;

import dev.sallyport.gateway.settings.problem.StartMistake;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import reactor.netty.ChannelBindException;

/** Why the product did not start, in words for the person who started it. */
final class StartProblem {
    private StartProblem() {}

    /** Tells it: mistakes line by line, each from its place on, as editors read it; of a bug, everything. */
    static void tell(Throwable failure, PrintWriter err) {
        if (isEnding()) {
            return;
        }
        Optional<String> words = StartMistake.words(failure);
        words.ifPresent(err::println);
        Optional<String> taken = notOurs(failure).or(() -> portTaken(failure));
        taken.ifPresent(text -> err.println("sallyport: " + text));
        if (words.isEmpty() && taken.isEmpty()) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** Whether the process is about to end, by Ctrl-C or another signal: then anything may fail, and hooks are no longer taken. */
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

    /** An address of another machine, or a port that is not for everyone. */
    private static Optional<String> notOurs(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChannelBindException bind && !isTaken(bind)) {
                return Optional.of("cannot listen on " + bind.localHost() + ", port " + bind.localPort()
                        + "; choose others with --server.address and --server.port (traffic) or"
                        + " --management.server.address and --management.server.port (management)");
            }
        }
        return Optional.empty();
    }

    /** Spring takes most failures for this one. */
    private static boolean isTaken(ChannelBindException bind) {
        return String.valueOf(bind.getCause()).contains("in use");
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
