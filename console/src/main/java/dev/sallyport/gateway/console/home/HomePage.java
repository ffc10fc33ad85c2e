package dev.sallyport.gateway.console.home;

import dev.sallyport.gateway.console.home.Condition.Severity;
import dev.sallyport.gateway.console.page.Shown;
import java.time.Instant;
import java.util.List;

/**
 * What the first page tells.
 *
 * @param conditions all that is wrong or worth a word, the worst first
 * @param figures the few that everything else follows from
 */
public record HomePage(List<Condition> conditions, List<Figure> figures, Instant now) {
    /** A number with its name. */
    public record Figure(String name, String value) {}

    /** What is to be looked at; notes are not. */
    public List<Condition> trouble() {
        return conditions.stream()
                .filter(condition -> condition.severity() != Severity.NOTE)
                .toList();
    }

    /** What is worth a word. */
    public List<Condition> notes() {
        return conditions.stream()
                .filter(condition -> condition.severity() == Severity.NOTE)
                .toList();
    }

    /** The class of the headline's style; {@code good} only if there is nothing at all to be looked at. */
    public String style() {
        return trouble().isEmpty() ? "good" : trouble().get(0).severity().style();
    }

    /** The answer in a sentence. */
    public String headline() {
        List<Condition> trouble = trouble();
        if (trouble.isEmpty()) {
            return "Nothing is wrong";
        }
        long wrong = trouble.stream()
                .filter(condition -> condition.severity() == Severity.WRONG)
                .count();
        long looks = trouble.size() - wrong;
        String faults = trouble.stream()
                .map(condition -> condition.fault().words())
                .distinct()
                .sorted()
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        String what = wrong > 0 ? wrong + (wrong == 1 ? " thing is wrong" : " things are wrong") : "";
        String rest = looks > 0 ? looks + (looks == 1 ? " needs a look" : " need a look") : "";
        return what + (wrong > 0 && looks > 0 ? ", " : "") + rest + " (" + faults + ")";
    }

    /** Since when, as people read it. */
    public String since(Condition condition) {
        return condition.since().map(at -> Shown.ago(at, now)).orElse("");
    }

    /** Since when, to the second. */
    public String at(Condition condition) {
        return condition.since().map(Shown::time).orElse("");
    }
}
