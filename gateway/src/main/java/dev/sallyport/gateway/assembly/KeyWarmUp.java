package dev.sallyport.gateway.assembly;

import dev.sallyport.config.ProjectSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.gateway.management.KeysReady;
import dev.sallyport.token.JwksKeySource;
import dev.sallyport.token.KeySource.Issuer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Fetches the keys of every listed project at the start, and tries until it has them. A project belongs to one of the
 * provider's products, and settings do not say which, so one product's keys are enough.
 */
final class KeyWarmUp implements SmartLifecycle, DisposableBean {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final JwksKeySource keys;
    private final List<ProjectSettings> projects;
    private final List<Operation> endpoints;
    private final KeysReady ready;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean started;

    KeyWarmUp(JwksKeySource keys, List<ProjectSettings> projects, ContractCatalog catalog, KeysReady ready) {
        this.keys = keys;
        this.projects = projects;
        this.ready = ready;
        this.endpoints = catalog.contracts().stream()
                .map(Contract::sessionToken)
                .flatMap(Optional::stream)
                .map(TokenContract::jwks)
                .distinct()
                .toList();
    }

    @Override
    public void start() {
        started = true;
        running.update(Flux.fromIterable(projects)
                .flatMap(this::fetched)
                .then()
                .subscribe(nothing -> {}, bug -> {}, ready::ready));
    }

    /** Any of the project's possible key sets; endlessly, because without keys nothing can be let through anyway. */
    private Mono<Void> fetched(ProjectSettings project) {
        return Flux.fromIterable(endpoints)
                .flatMap(jwks -> keys.warm(new Issuer(jwks, project.id())))
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
