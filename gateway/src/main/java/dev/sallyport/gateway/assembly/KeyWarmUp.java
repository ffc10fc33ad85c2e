package dev.sallyport.gateway.assembly;

import dev.sallyport.gateway.management.KeysReady;
import dev.sallyport.token.JwksKeySource;
import dev.sallyport.token.KeySource.Issuer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Fetches the keys of every listed project at the start, and tries until it has them; of a project, any endpoint's keys are
 * enough.
 */
final class KeyWarmUp implements SmartLifecycle, DisposableBean {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final JwksKeySource keys;
    private final Map<String, List<Issuer>> issuers;
    private final KeysReady ready;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    KeyWarmUp(JwksKeySource keys, Map<String, List<Issuer>> issuers, KeysReady ready) {
        this.keys = keys;
        this.issuers = issuers;
        this.ready = ready;
    }

    @Override
    public void start() {
        started = true;
        running.update(Flux.fromIterable(issuers.values())
                .flatMap(this::fetched)
                .then()
                .subscribe(nothing -> {}, bug -> {}, ready::ready));
    }

    /** Any of the project's possible key sets; endlessly, because without keys nothing can be let through anyway. */
    private Mono<Void> fetched(List<Issuer> published) {
        return Flux.fromIterable(published)
                .flatMap(keys::warm)
                .next()
                .switchIfEmpty(Mono.error(NoKeysYet::new))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
                .then();
    }

    /** Internal signal: try again. */
    private static final class NoKeysYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoKeysYet() {
            super("no keys yet", null, false, false);
        }
    }

    @Override
    public void stop() {
        started = false;
        running.dispose();
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
