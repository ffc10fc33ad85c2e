package dev.sallyport.gateway.keys;

import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Keeps keys warm: has those of every listed project fetched at the start, until there are any, and all of them fetched anew
 * when they are due, with or without calls. A project is of one product, so of its possible key sets any is enough. It belongs
 * to no call but to the process: subscribed to at the start, disposed of at the stop.
 */
public final class JwksRefresher implements SmartLifecycle, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(JwksRefresher.class);
    private static final Duration TICK = Duration.ofMillis(200);
    /** A project without keys is told after this many ticks, once: by then both its endpoints had time to answer. */
    private static final long TOLD_AFTER = 25;

    private final JwksKeySource keys;
    private final Map<String, List<Issuer>> issuers;
    private final Runnable whenReady;
    private final Optional<JwksFileCache> cache;
    private final Set<String> told = new HashSet<>();
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    /**
     * Keeps the keys of a source.
     *
     * @param issuers by project: wherever its keys may be published
     * @param whenReady is told, again and again, that there are keys of every project
     */
    public JwksRefresher(
            JwksKeySource keys, Map<String, List<Issuer>> issuers, Runnable whenReady, Optional<JwksFileCache> cache) {
        this.keys = keys;
        this.issuers = issuers;
        this.whenReady = whenReady;
        this.cache = cache;
    }

    @Override
    public void start() {
        started = true;
        running.update(Flux.interval(Duration.ZERO, TICK).onBackpressureDrop().subscribe(this::tick));
    }

    private void tick(long number) {
        try {
            Map<String, List<Issuer>> missing = missing();
            missing.values().forEach(published -> published.forEach(keys::refreshIfDue));
            keys.refreshDue();
            cache.ifPresent(JwksFileCache::persist);
            if (missing.isEmpty()) {
                whenReady.run();
            } else if (number >= TOLD_AFTER) {
                missing.keySet().stream().filter(told::add).forEach(JwksRefresher::tell);
            }
        } catch (RuntimeException bug) {
            LOG.error("Keeping session keys fresh failed because of a bug in the gateway", bug);
        }
    }

    /** Listed projects that no keys were ever had of. */
    private Map<String, List<Issuer>> missing() {
        Map<String, List<Issuer>> missing = new HashMap<>(issuers);
        missing.values().removeIf(published -> published.stream().anyMatch(keys::hadKeys));
        return missing;
    }

    private static void tell(String project) {
        LOG.atWarn()
                .addKeyValue("project", project)
                .log("No session keys of a listed project so far; the gateway is not ready and goes on asking");
    }

    @Override
    public void stop() {
        started = false;
        running.update(Disposables.disposed()); // not the swap itself: what is stopped may be started again
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public void destroy() {
        running.dispose();
    }
}
