package dev.sallyport.tools.replay;

import dev.sallyport.config.contract.Mode;
import dev.sallyport.tools.replay.ReplaySummary.Unreadable;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A summary in words, for a person, and as JSON, for a machine. */
final class ReplayReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String pack;
    private final ReplaySummary summary;

    ReplayReport(String pack, ReplaySummary summary) {
        this.pack = pack;
        this.summary = summary;
    }

    String text() {
        var text = new StringBuilder();
        text.append(number(summary.calls(), "call"))
                .append(" against pack ")
                .append(pack)
                .append(": ")
                .append(outcome())
                .append('\n');
        operations(text);
        broken(text);
        if (summary.undecided() > 0) {
            text.append("\nLeft open because of masking: ")
                    .append(summary.undecided())
                    .append('\n');
        }
        unreadable(text);
        return text.toString();
    }

    private String outcome() {
        if (summary.calls() == 0) {
            return "there was nothing to replay";
        }
        return summary.refused() == 0 ? "none would be refused" : summary.refused() + " would be refused";
    }

    private void operations(StringBuilder text) {
        if (!summary.operations().isEmpty()) {
            text.append("\n   calls  refused  operation\n");
            summary.operations()
                    .forEach((operation, calls) -> text.append(
                            String.format(Locale.ROOT, "%8d %8d  %s%n", calls.calls(), calls.refused(), operation)));
        }
    }

    private void broken(StringBuilder text) {
        if (!summary.broken().isEmpty()) {
            text.append("\n   times  first line  broken\n");
            summary.broken().forEach(each -> {
                var place = each.getKey();
                text.append(String.format(
                        Locale.ROOT,
                        "%8d %11d  %s %s %s, at %s%s%n",
                        each.getValue().times(),
                        each.getValue().firstLine(),
                        place.operation(),
                        direction(place),
                        place.keyword(),
                        place.pointer(),
                        place.mode() == Mode.REPORT ? " (only counted)" : ""));
            });
        }
    }

    private void unreadable(StringBuilder text) {
        if (summary.unreadableLines() > 0) {
            text.append('\n').append(number(summary.unreadableLines(), "line")).append(" could not be read:\n");
            List<Unreadable> shown = summary.unreadable();
            shown.forEach(line -> text.append("  line ")
                    .append(line.line())
                    .append(' ')
                    .append(line.why())
                    .append('\n'));
            if (summary.unreadableLines() > shown.size()) {
                text.append("  and ")
                        .append(summary.unreadableLines() - shown.size())
                        .append(" more\n");
            }
        }
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pack", pack);
        root.put("calls", summary.calls());
        root.put("refused", summary.refused());
        root.put("undecided", summary.undecided());
        root.put("unreadable_lines", summary.unreadableLines());
        var operations = root.putArray("operations");
        summary.operations()
                .forEach((operation, calls) -> operations
                        .addObject()
                        .put("operation", operation)
                        .put("calls", calls.calls())
                        .put("refused", calls.refused()));
        var broken = root.putArray("broken");
        summary.broken()
                .forEach(each -> broken.addObject()
                        .put("operation", each.getKey().operation())
                        .put("direction", direction(each.getKey()))
                        .put("keyword", each.getKey().keyword())
                        .put("pointer", each.getKey().pointer())
                        .put("mode", each.getKey().mode().name().toLowerCase(Locale.ROOT))
                        .put("times", each.getValue().times())
                        .put("first_line", each.getValue().firstLine()));
        var unreadable = root.putArray("unreadable");
        summary.unreadable()
                .forEach(line -> unreadable.addObject().put("line", line.line()).put("why", line.why()));
        return JSON.writeValueAsString(root);
    }

    private static String direction(ReplaySummary.Place place) {
        return place.direction().name().toLowerCase(Locale.ROOT);
    }

    private static String number(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
