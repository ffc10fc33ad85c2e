package dev.sallyport.starter;

import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.StartMistake;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Tells what is wrong with settings or contracts in place of a stack. */
final class StartMistakeAnalyzer implements FailureAnalyzer {
    private static final String ACTION =
            "Correct what is named above. The keys are those of docs/settings.md, what differs stands in docs/starter.md.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return isOurs(failure)
                ? StartMistake.words(failure)
                        .map(words -> new FailureAnalysis(words, ACTION, failure))
                        .orElse(null)
                : null;
    }

    private static boolean isOurs(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException || cause instanceof PackProblem) {
                return true;
            }
        }
        return false;
    }
}
