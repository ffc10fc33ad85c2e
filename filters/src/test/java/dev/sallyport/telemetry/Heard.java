package dev.sallyport.telemetry;

import dev.sallyport.config.TelemetryMode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was told. */
final class Heard implements TelemetryEvents {
    final List<Outcome> lookedUp = new CopyOnWriteArrayList<>();
    final List<Source> found = new CopyOnWriteArrayList<>();
    final List<String> decided = new CopyOnWriteArrayList<>();

    @Override
    public void lookedUp(Finding finding, long nanos) {
        lookedUp.add(finding.outcome());
    }

    @Override
    public void found(Source source) {
        found.add(source);
    }

    @Override
    public void decided(String operation, TelemetryMode mode, Finding finding, boolean refused) {
        decided.add(mode + " " + finding.outcome() + (refused ? " refused" : " forwarded"));
    }
}
