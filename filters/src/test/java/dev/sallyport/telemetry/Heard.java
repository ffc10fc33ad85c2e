package dev.sallyport.telemetry;

import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import dev.sallyport.telemetry.lookup.TelemetryEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was told. */
public final class Heard implements TelemetryEvents {
    public final List<LookupOutcome> lookedUp = new CopyOnWriteArrayList<>();
    public final List<Source> found = new CopyOnWriteArrayList<>();
    final List<String> decided = new CopyOnWriteArrayList<>();

    @Override
    public void lookedUp(DeviceFinding finding, long nanos) {
        lookedUp.add(finding.outcome());
    }

    @Override
    public void found(Source source) {
        found.add(source);
    }

    @Override
    public void decided(String operation, TelemetryMode mode, DeviceFinding finding, boolean refused) {
        decided.add(mode + " " + finding.outcome() + (refused ? " refused" : " forwarded"));
    }
}
