package dev.sallyport.tools.openapi.pack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The facts of an outline: what is said of every field of every body, shapes filled in. */
public final class OutlineFacts {
    private static final Pattern LINE = Pattern.compile("  (\\S+) (\\S+?)(\\|null)? (required|optional)( enum .*)?");

    private final Map<String, List<Line>> sections = new LinkedHashMap<>();
    private final Map<String, Fact> facts = new TreeMap<>();

    private OutlineFacts() {}

    /** What is said of one field. */
    public record Fact(String type, boolean nullable, boolean required, String values) {}

    private record Line(String at, Fact fact) {}

    /** By {@code POST /path reply /pointer}. */
    public static Map<String, Fact> of(String outline) {
        var facts = new OutlineFacts();
        facts.read(outline);
        facts.sections.keySet().stream()
                .filter(name -> !name.startsWith("="))
                .forEach(name -> facts.fill(name, name + " ", null, new ArrayDeque<>()));
        return facts.facts;
    }

    private void read(String outline) {
        List<Line> lines = new ArrayList<>();
        for (String text : outline.lines().filter(line -> !line.startsWith("#")).toList()) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                String values = line.group(5) == null ? "" : line.group(5).strip();
                var fact = new Fact(
                        line.group(2), line.group(3) != null, line.group(4).equals("required"), values);
                lines.add(new Line(line.group(1).equals("(whole)") ? "" : line.group(1), fact));
            } else {
                lines = new ArrayList<>();
                sections.put(text, lines);
            }
        }
    }

    /** @param as what was said where the section is referred to; null for a body */
    private void fill(String section, String prefix, @Nullable Fact as, Deque<String> way) {
        way.push(section);
        for (Line line : sections.getOrDefault(section, List.of())) {
            Fact fact = line.fact();
            Fact told = as != null && line.at().isEmpty()
                    ? new Fact(fact.type(), as.nullable() || fact.nullable(), as.required(), fact.values())
                    : fact;
            String type = fact.type();
            if (!type.startsWith("=")) {
                facts.put(prefix + line.at(), told);
            } else if (way.contains(type)) {
                facts.put(prefix + line.at(), new Fact("recursive", told.nullable(), told.required(), ""));
            } else {
                fill(type, prefix + line.at(), told, way);
            }
        }
        way.pop();
    }
}
