package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.source.ConsoleSources.Done;
import dev.sallyport.gateway.console.source.ConsoleSources.Outcome;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What was done by pages of the console: a line of the audit log for each, a counter, and the latest for the pages themselves. Refusals
 * are summed up when there are many. Bounded. Thread-safe.
 */
public final class ActionAudit {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.audit");
    private static final Bounds REFUSALS = new Bounds(20, Duration.ofSeconds(10), 20);
    private static final int MOST = 20;

    private final MeterRegistry registry;
    private final RepeatedLines<Action> refusals;
    private final Deque<Done> latest = new ArrayDeque<>();
    private long number;

    /** What may be done. */
    public enum Action {
        SIGN_IN,
        SIGN_OUT,
        RELOAD,
        MODE,
        MODE_ENDED,
        KEYS;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** @param windows in which refusals are summed up */
    public ActionAudit(MeterRegistry registry, LineWindows windows) {
        this.registry = registry;
        this.refusals = new RepeatedLines<>(REFUSALS, Action.SIGN_IN, windows, ActionAudit::summedUp);
    }

    /** Counts from zero on, before anything was done. For consoles to which browsers sign in. */
    public void begin() {
        for (Action action : Action.values()) {
            counter(action, false).increment(0);
            counter(action, true).increment(0);
        }
    }

    private Counter counter(Action action, boolean refused) {
        return Counter.builder("sallyport.console.actions")
                .description("What was done by pages of the console, by action and result")
                .tags("action", action.name().toLowerCase(Locale.ROOT), "result", refused ? "refused" : "done")
                .register(registry);
    }

    /**
     * Writes down what was done, or was refused.
     *
     * @param at when it was done
     * @param who by what they had signed in
     * @param facts what the line tells of it besides
     */
    public Done done(Action action, Instant at, String who, Outcome outcome, Map<String, Object> facts) {
        counter(action, outcome.refused()).increment();
        if (!outcome.refused() || refusals.isInFull(action)) {
            LoggingEventBuilder line = LOG.atInfo()
                    .addKeyValue("action", action.word())
                    .addKeyValue("outcome", outcome.refused() ? "refused" : "done")
                    .addKeyValue("who", who);
            for (Map.Entry<String, Object> fact : facts.entrySet()) {
                line = line.addKeyValue(fact.getKey(), fact.getValue());
            }
            line.log("Console");
        }
        return kept(action, at, who, outcome);
    }

    private static void summedUp(Action action, String more) {
        LOG.atInfo()
                .addKeyValue("action", action.word())
                .addKeyValue("outcome", "refused")
                .log("Console: {}", more);
    }

    private synchronized Done kept(Action action, Instant at, String who, Outcome outcome) {
        number++;
        var done = new Done(number, at, who, action.word(), outcome);
        boolean isShown = action != Action.SIGN_IN || !outcome.refused();
        if (isShown) {
            latest.addFirst(done);
        }
        if (latest.size() > MOST) {
            latest.removeLast();
        }
        return done;
    }

    /** The last one first; none of those who were not let in. */
    public synchronized List<Done> latest() {
        return new ArrayList<>(latest);
    }
}
