package dev.sallyport.loadtests.profile;

import dev.sallyport.loadtests.stats.TextTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How many samples fell to each part, and what the mapping had no part for. */
public final class PartsTable {
    private static final int SHOWN = 8;
    private static final String KERNEL = "_[k]";

    private final Parts parts;
    private final Map<String, Long> samples = new LinkedHashMap<>();
    private final Map<String, Long> unassigned = new HashMap<>();
    private long total;
    private boolean kernel;

    /** Empty, with a row for every part. */
    public PartsTable(Parts parts) {
        this.parts = parts;
        parts.names().forEach(name -> samples.put(name, 0L));
    }

    /** One line of collapsed stacks: frames with semicolons between them, a space, the number of samples. */
    public void add(String line) {
        int space = line.lastIndexOf(' ');
        long count = Long.parseLong(line.substring(space + 1));
        List<String> stack = List.of(line.substring(0, space).split(";", -1));
        String innermost = stack.get(stack.size() - 1);
        kernel |= innermost.endsWith(KERNEL);
        total += count;
        Optional<String> part = parts.of(stack);
        if (part.isPresent()) {
            samples.merge(part.get(), count, Long::sum);
        } else {
            unassigned.merge(innermost, count, Long::sum);
        }
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /** Whether there were frames of the kernel. */
    public boolean sawTheKernel() {
        return kernel;
    }

    double share(String part) {
        return (double) samples.getOrDefault(part, 0L) / total;
    }

    double unassignedShare() {
        return (double) unassigned.values().stream().mapToLong(Long::longValue).sum() / total;
    }

    @Override
    public String toString() {
        var table = new TextTable(List.of("part of a call", "share"));
        samples.keySet().forEach(part -> table.row(List.of(part, percent(share(part)))));
        table.row(List.of("unassigned", percent(unassignedShare())));
        var text = new StringBuilder(table.toString()).append(total).append(" samples");
        if (!unassigned.isEmpty()) {
            text.append("; unassigned ended most often in:\n");
            unassigned.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(SHOWN)
                    .forEach(frame -> text.append(percent((double) frame.getValue() / total))
                            .append("  ")
                            .append(frame.getKey())
                            .append('\n'));
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%5.1f %%", 100 * share);
    }
}
