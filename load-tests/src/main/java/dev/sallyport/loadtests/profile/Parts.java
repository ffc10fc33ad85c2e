package dev.sallyport.loadtests.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * To which part of a call a stack belongs: to that of the innermost frame that a pattern of {@code parts.txt} finds. A call
 * stays on one stack from the socket to the pipeline and back, so outer frames say where it came from, and inner ones what it
 * was doing.
 */
public final class Parts {
    private static final Pattern LINE = Pattern.compile("(?<part>[^:#]+): +(?<frames>\\S.*)");

    private final List<Rule> rules;
    private final Map<String, Optional<String>> known = new HashMap<>();

    private record Rule(String part, Pattern frames) {}

    private Parts(List<Rule> rules) {
        this.rules = rules;
    }

    /** Those that lie beside this class. */
    public static Parts checkedIn() {
        var file = Objects.requireNonNull(Parts.class.getResourceAsStream("parts.txt"), "parts.txt");
        try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return of(reader.lines());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Lines of {@code part: regular expression}; empty ones and those that begin with # say nothing. */
    static Parts of(Stream<String> lines) {
        List<Rule> rules = new ArrayList<>();
        lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            var parsed = LINE.matcher(line);
            if (!parsed.matches()) {
                throw new IllegalArgumentException("neither a part nor a comment: " + line);
            }
            rules.add(new Rule(parsed.group("part"), Pattern.compile(parsed.group("frames"))));
        });
        return new Parts(rules);
    }

    /** All parts, in the file's order. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rules.forEach(rule -> names.add(rule.part()));
        return names;
    }

    /** The part of a stack whose frames stand from the outermost to the innermost; empty if no pattern finds one. */
    Optional<String> of(List<String> stack) {
        for (int frame = stack.size() - 1; frame >= 0; frame--) {
            Optional<String> part = known.computeIfAbsent(stack.get(frame), this::ofFrame);
            if (part.isPresent()) {
                return part;
            }
        }
        return Optional.empty();
    }

    private Optional<String> ofFrame(String frame) {
        return rules.stream()
                .filter(rule -> rule.frames().matcher(frame).find())
                .map(Rule::part)
                .findFirst();
    }
}
