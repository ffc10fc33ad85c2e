package dev.sallyport.gateway.settings.problem;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; the message lists every problem, one a line. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingsProblem> problems;

    /** With at least one problem. */
    public SettingsException(List<SettingsProblem> problems) {
        super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** A file that cannot be read, which may pass without a change to it. */
    public SettingsException(SettingsProblem problem, IOException unreadable) {
        super(problem.toString(), unreadable);
        this.problems = List.of(problem);
    }

    /** All of them, unknown keys first. */
    public List<SettingsProblem> problems() {
        return problems;
    }
}
