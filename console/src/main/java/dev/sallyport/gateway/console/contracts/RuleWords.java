package dev.sallyport.gateway.console.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A rule of a catalog as a sentence. */
final class RuleWords {
    private RuleWords() {}

    /** Of a rule as it is written: its kind, then what it is about. */
    static String of(JsonNode rule) {
        return rule.propertyStream()
                .findFirst()
                .map(kind -> words(kind.getKey(), kind.getValue()))
                .orElse("");
    }

    private static String words(String kind, JsonNode spec) {
        return switch (kind) {
            case "exactly-one-of" -> "Exactly one of " + text(spec, "of") + " is there.";
            case "at-most-one-of" -> "At most one of " + text(spec, "of") + " is there.";
            case "json-size" ->
                text(spec, "at") + " has at most " + text(spec, "max-bytes") + " bytes as compact JSON.";
            case "reserved-names" -> text(spec, "at") + " has none of the members " + text(spec, "names") + ".";
            case "equal" -> text(spec, "values") + " are the same wherever they are there.";
            case "all-or-none" -> text(spec, "values") + " are all there, or none of them is.";
            case "all-present" -> text(spec, "values") + " are all there.";
            case "when" -> when(spec);
            case "matches-any-of" ->
                text(spec, "asked") + ", if it is there, is one of " + text(spec, "answered") + ".";
            case "duration-matches" ->
                "From " + text(spec, "from") + " to " + text(spec, "to") + " it is as many minutes as "
                        + text(spec, "minutes") + " says, within " + text(spec, "within") + ".";
            case "not-after" ->
                text(spec, "earlier") + " is not later than " + text(spec, "later") + ", within " + text(spec, "within")
                        + ".";
            case "every" ->
                "Each of " + text(spec, "in") + " has at " + text(spec, "at") + " what " + text(spec, "asked")
                        + " asked for.";
            default ->
                kind + ": "
                        + spec.propertyStream()
                                .map(part -> part.getKey() + " " + shown(part.getValue()))
                                .collect(Collectors.joining(", "))
                        + ".";
        };
    }

    private static String when(JsonNode spec) {
        List<String> then = new ArrayList<>();
        add(then, spec, "present", " are there");
        add(then, spec, "any", ", at least one, is there");
        add(then, spec, "absent", " are not there");
        String is = text(spec, "is");
        String condition = is.equals("present") ? " is there" : " is " + is;
        return "Where " + text(spec, "value") + condition + ", " + String.join(" and ", then) + ".";
    }

    private static void add(List<String> then, JsonNode spec, String name, String words) {
        if (!spec.path(name).isEmpty()) {
            then.add(text(spec, name) + words);
        }
    }

    private static String text(JsonNode spec, String name) {
        return shown(spec.path(name));
    }

    private static String shown(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(RuleWords::shown).collect(Collectors.joining(", "))
                : value.asString("");
    }
}
