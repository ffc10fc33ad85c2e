package dev.sallyport.gateway.management;

import dev.sallyport.gateway.http.connection.ConnectionEvents;
import dev.sallyport.gateway.log.Bug;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to callers' connections, as meters and as lines that are summed up. Never an address. Thread-safe. */
public final class ConnectionMeters implements ConnectionEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.connections");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final MeterRegistry registry;
    private final Map<Refused, Counter> refused = new EnumMap<>(Refused.class);
    private final Map<Cut, Counter> cut = new EnumMap<>(Cut.class);
    private final Counter notAccepted;
    private final Counter dropped;
    private final Counter failed;
    private final RepeatedLines<Line> lines;

    /** A kind of line. */
    private enum Line {
        MAX_CONNECTIONS("Connections are closed at once: as many are open as request.max-connections allows"),
        PER_ADDRESS(
                "Connections are closed at once: one address has as many as request.max-connections-per-address allows"),
        FLOOD(
                "A connection was closed: its caller sent more frames of HTTP/2 that bring nothing than request.http2 allows"),
        TOO_SLOW("An answer was not read within request.write-timeout: its connection was closed"),
        TOO_MUCH_UNREAD(
                "More answers are unread than request.max-unread allows: the oldest one's connection was closed"),
        CALLER_GONE("An answer was not delivered: its caller had gone"),
        UPSTREAM_FAILED("An answer broke off: the upstream of its route failed"),
        NOT_ACCEPTED("Connections cannot be accepted"),
        DROPPED("An error came after its call had an outcome"),
        FAILED("An answer failed because of a bug in the gateway");

        private final String text;

        Line(String text) {
            this.text = text;
        }
    }

    /** Meters that are there from the start, with 0. */
    public ConnectionMeters(MeterRegistry registry, LineWindows windows) {
        this.registry = registry;
        for (Refused why : Refused.values()) {
            refused.put(
                    why,
                    counter(
                            "sallyport.connections.refused",
                            "Connections closed at once, or for what came on them, by why",
                            label(why)));
        }
        for (Cut why : Cut.values()) {
            cut.put(why, counter("sallyport.answers.cut", "Answers that did not reach their caller whole", label(why)));
        }
        this.notAccepted = counter("sallyport.accept.failures", "Connections that could not be accepted");
        this.dropped = counter("sallyport.errors.dropped", "Errors that came after their call had an outcome");
        this.failed = counter("sallyport.answers.failed", "Answers that failed because of a bug in the gateway");
        this.lines = new RepeatedLines<>(
                new Bounds(1, WINDOW, Line.values().length), Line.FAILED, windows, ConnectionMeters::sum);
    }

    private static String[] label(Enum<?> why) {
        return new String[] {"why", why.name().toLowerCase(Locale.ROOT)};
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static void sum(Line line, String more) {
        LOG.warn("{} {}", line.text, more);
    }

    @Override
    public void refused(Refused why) {
        Objects.requireNonNull(refused.get(why)).increment();
        tell(
                switch (why) {
                    case MAX_CONNECTIONS -> Line.MAX_CONNECTIONS;
                    case PER_ADDRESS -> Line.PER_ADDRESS;
                    case FLOOD -> Line.FLOOD;
                });
    }

    @Override
    public void cut(Cut why) {
        Objects.requireNonNull(cut.get(why)).increment();
        tell(
                switch (why) {
                    case TOO_SLOW -> Line.TOO_SLOW;
                    case TOO_MUCH_UNREAD -> Line.TOO_MUCH_UNREAD;
                    case CALLER_GONE -> Line.CALLER_GONE;
                    case UPSTREAM_FAILED -> Line.UPSTREAM_FAILED;
                });
    }

    private void tell(Line line) {
        if (lines.isInFull(line)) {
            LOG.warn(line.text);
        }
    }

    /** What the operating system says of it names no address. */
    @Override
    public void acceptFailed(Throwable cause) {
        notAccepted.increment();
        if (lines.isInFull(Line.NOT_ACCEPTED)) {
            LOG.atError().addKeyValue("why", cause.getMessage()).log(Line.NOT_ACCEPTED.text);
        }
    }

    /** By its class alone: a message may quote what a caller or the provider sent, or from where. */
    @Override
    public void errorDropped(Throwable error) {
        dropped.increment();
        if (lines.isInFull(Line.DROPPED)) {
            LOG.atWarn().addKeyValue("error", error.getClass().getName()).log(Line.DROPPED.text);
        }
    }

    @Override
    public void answerFailed(Throwable bug) {
        failed.increment();
        if (lines.isInFull(Line.FAILED)) {
            LOG.atError().setCause(Bug.of(bug)).log(Line.FAILED.text);
        }
    }
}
