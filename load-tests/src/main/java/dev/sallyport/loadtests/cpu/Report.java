package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.stats.Spread;
import dev.sallyport.loadtests.stats.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rounds as tables, everything beside plain Spring Cloud Gateway. */
final class Report {
    static final String BARE = "bare";
    static final String CONTROL = "control";

    /** How far the control may stray before a ratio says nothing. */
    private static final double LEAST = 0.9;

    private static final double MOST = 1.1;

    /** From here on a single thread may be what holds a round up. */
    private static final double BUSY = 0.85;

    private final Rounds rounds;

    Report(Rounds rounds) {
        this.rounds = rounds;
    }

    static String heading(List<String> gateways) {
        var line = new StringBuilder("round");
        gateways.forEach(name -> line.append(String.format(Locale.ROOT, "  %12s", name)));
        return line + "   CPU µs per call";
    }

    String line(int round, List<String> gateways) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%5d", round));
        gateways.forEach(name -> line.append(
                String.format(Locale.ROOT, "  %12.1f", rounds.last(name).microsPerCall())));
        return line.toString();
    }

    String table() {
        var table = new TextTable(
                List.of("gateway", "CPU µs/call", "quartiles", "÷ bare", "quartiles", "least–most", "calls/s"));
        for (String name : rounds.samples().keySet()) {
            Spread micros = rounds.spread(name, Sample::microsPerCall);
            Spread ratio = rounds.ratio(name, BARE);
            List<String> cells = new ArrayList<>(List.of(name, text("%.1f", micros.median())));
            cells.add(text("%.1f–%.1f", micros.lowerQuartile(), micros.upperQuartile()));
            cells.add(text("%.2f", ratio.median()));
            cells.add(text("%.2f–%.2f", ratio.lowerQuartile(), ratio.upperQuartile()));
            cells.add(text("%.2f–%.2f", ratio.least(), ratio.most()));
            cells.add(text("%.0f", rounds.spread(name, Sample::callsPerSecond).median()));
            table.row(cells);
        }
        return table.toString();
    }

    String beside() {
        return text(
                "At most, the load generator took %.0f %% of a core and the upstream %.0f %%.",
                100 * rounds.most(Sample::generatorBusy), 100 * rounds.most(Sample::upstreamBusy));
    }

    /** Why these figures say little; empty if they are as good as such figures are. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        double control = rounds.ratio(CONTROL, BARE).median();
        if (control < LEAST || control > MOST) {
            doubts.add(text(
                    "The control, a second bare gateway, lies at %.2f instead of 1: this machine cannot tell gateways apart"
                            + " now.",
                    control));
        }
        if (Math.max(rounds.most(Sample::generatorBusy), rounds.most(Sample::upstreamBusy)) > BUSY) {
            doubts.add("The load generator or the upstream was the bottleneck of a round.");
        }
        return doubts;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
