package dev.sallyport.gateway.console.state;

import dev.sallyport.gateway.console.history.MeterReading;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.generation.Generation;
import java.time.Instant;
import java.util.List;

/** Makes the tables. */
public final class StatePages {
    private final ConsoleSources sources;
    private final MeterReading meters;
    private final ReloadLog reloads;

    public StatePages(ConsoleSources sources, MeterReading meters, ReloadLog reloads) {
        this.sources = sources;
        this.meters = meters;
        this.reloads = reloads;
    }

    /** As it is now. */
    public StatePage page() {
        Instant now = sources.clock().instant();
        Generation serving = sources.contracts().serving().get();
        return new StatePage(List.of(
                TrustTables.keys(sources.trust(), now),
                TrustTables.certificates(sources.trust(), now),
                ProviderTables.pools(meters),
                ProviderTables.breakers(serving),
                ProviderTables.retries(serving, meters),
                LoadTables.limits(serving, meters),
                LoadTables.shedding(serving, meters),
                LoadTables.process(sources.instance(), meters),
                LoadTables.reloads(
                        reloads.latestFirst(),
                        sources.contracts().actions().done().get())));
    }
}
