package dev.sallyport.sandbox.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints the walk in a form that a person likes to read: coloured and as wide as the terminal, plain and wider elsewhere. */
final class DemoPrinter {
    /** Where what was sent and what came back begins. */
    private static final int INDENT = 18;

    private static final int WIDEST = INDENT + 100;
    /** What was refused and why has to fit; a narrower terminal wraps. */
    private static final int NARROWEST = 80;

    private static final int MOST_LINES = 3;

    private static final Pattern MESSAGE = Pattern.compile("\"error_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TOKEN = Pattern.compile("\"(session_token|session_jwt|token)\":\"([^\"]{4})[^\"]*\"");
    private static final Pattern FOUND = Pattern.compile("reason=\"?(\\w+)\"? .*violations=\"?\\[(.*?)]\"?");

    private final PrintStream out;
    private final boolean colour;
    private final int columns;

    /**
     * Paper.
     *
     * @param columns of the terminal; 0 if there is none, or it does not say
     */
    DemoPrinter(PrintStream out, boolean colour, int columns) {
        this.out = out;
        this.colour = colour;
        this.columns = columns < 1 ? WIDEST : Math.min(Math.max(columns, NARROWEST), WIDEST);
    }

    /** The reader has closed the pipe. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Gone() {
            super("the reader has gone", null, false, false);
        }
    }

    void line(String text) {
        out.println(text);
        if (out.checkError()) {
            throw new Gone();
        }
    }

    void heading(String text) {
        line("");
        line(painted("1", text));
    }

    /**
     * One step.
     *
     * @param logged what the gateway logged of a refusal at the second door, or null
     */
    void step(int number, Step step, StepOutcome outcome, @Nullable String logged) {
        line("");
        line(String.format(Locale.ROOT, "%3d  %s", number, painted("1", step.title())));
        sent(step);
        step.headers().forEach((name, value) -> line(" ".repeat(INDENT) + name + ": " + value));
        firstDoor(outcome);
        if (outcome.reachedProvider()) {
            boolean answered = outcome.millis().containsKey("second-door");
            part(
                    "provider",
                    answered ? "answered" : refused(outcome),
                    outcome.millis().get("provider"));
            if (answered) {
                secondDoor(outcome, logged);
            }
        }
        back(step, outcome);
    }

    /** The body has a line of its own where it does not fit behind the path. */
    private void sent(Step step) {
        String target = (step.body() == null ? "GET " : "POST ") + step.path();
        String body = step.body() == null ? "" : masked(step.body());
        boolean isOneLine = INDENT + target.length() + 2 + body.length() <= columns;
        line("     sent         " + cut(isOneLine ? (target + "  " + body).strip() : target));
        if (!isOneLine && !body.isEmpty()) {
            line(" ".repeat(INDENT) + cut(body));
        }
    }

    private void firstDoor(StepOutcome outcome) {
        boolean refusedHere = outcome.reason().isPresent() && !outcome.reachedProvider();
        String found = refusedHere ? refused(outcome) : painted("32", "passed");
        part("first door", found, outcome.millis().get("first-door"));
    }

    private void secondDoor(StepOutcome outcome, @Nullable String logged) {
        String found = outcome.reason().isPresent() ? refused(outcome) : verdict(outcome);
        part("second door", found, outcome.millis().get("second-door"));
        Matcher what = FOUND.matcher(logged == null ? "" : logged);
        if (what.find()) {
            line("       the log    " + cut(what.group(2).strip()));
        }
    }

    private String verdict(StepOutcome outcome) {
        if (outcome.status() >= 400) {
            return painted("32", "passed: the provider's own error");
        }
        boolean token = outcome.body().contains("\"session_jwt\":\"ey");
        return painted("32", token ? "passed: contract kept, token verified and bound" : "passed: contract kept");
    }

    private String refused(StepOutcome outcome) {
        return painted("31", "REFUSED " + outcome.reason().orElse(""));
    }

    private void part(String name, String found, @Nullable String millis) {
        String time = millis == null ? "" : millis + " ms";
        line(String.format(Locale.ROOT, "     %-12s %12s  %s", name, time, found));
    }

    private void back(Step step, StepOutcome outcome) {
        Matcher message = MESSAGE.matcher(outcome.body());
        String said = message.find() ? message.group(1).replace("\\\"", "\"") : "";
        String mark = outcome.isAsAnnounced(step)
                ? painted("32", "as announced")
                : painted(
                        "31",
                        "NOT AS ANNOUNCED: expected " + step.status()
                                + (step.reason() == null ? "" : " " + step.reason()));
        line(String.format(Locale.ROOT, "     came back    %d  %s", outcome.status(), mark));
        wrapped(said);
    }

    /** Behind the indent, between words, on three lines at most. */
    private void wrapped(String text) {
        int room = columns - INDENT;
        String rest = text;
        for (int lines = 1; rest.length() > room && lines < MOST_LINES; lines++) {
            int space = rest.lastIndexOf(' ', room);
            int end = space > 0 ? space : room;
            line(" ".repeat(INDENT) + rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty()) {
            line(" ".repeat(INDENT) + cut(rest));
        }
    }

    private static String masked(String body) {
        return TOKEN.matcher(body).replaceAll("\"$1\":\"$2…\"");
    }

    /** What fits behind the indent. */
    private String cut(String text) {
        int room = columns - INDENT;
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }

    private String painted(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
