package dev.sallyport.contract.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a pack, so that its author learns of all of it at once; each once, in the order of finding. */
public final class PackProblems {
    private final Set<String> lines = new LinkedHashSet<>();
    private @Nullable Throwable cause;

    public void add(PackProblem problem) {
        lines.addAll(problem.lines());
        cause = cause == null ? problem.getCause() : cause;
    }

    /** Does a step and notes what is wrong with it. */
    public void during(Runnable step) {
        try {
            step.run();
        } catch (PackProblem problem) {
            add(problem);
        }
    }

    /** What a step makes; empty if something is wrong with it. */
    public <T> Optional<T> made(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (PackProblem problem) {
            add(problem);
            return Optional.empty();
        }
    }

    /** A line for each. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Throws all that was gathered as one {@link PackProblem}; returns if that is nothing. */
    public void stopIfAny() {
        if (!lines.isEmpty()) {
            throw new PackProblem(new ArrayList<>(lines), cause);
        }
    }
}
