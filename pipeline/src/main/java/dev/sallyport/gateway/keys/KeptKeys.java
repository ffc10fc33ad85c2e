package dev.sallyport.gateway.keys;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.gateway.provider.JwksOverHttp;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksFetch;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyEvents;
import dev.sallyport.token.keys.fetch.KeyFetchContext;
import dev.sallyport.token.keys.fetch.KeyTiming;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.scheduler.Schedulers;

/** Keys of session tokens as the settings have them fetched and kept. */
public final class KeptKeys {
    private KeptKeys() {}

    /** Fetches the keys of the listed projects, and of others when a call needs them. */
    public static JwksKeySource source(
            Settings settings, ContractCatalog catalog, ConnectionPool connections, KeyEvents events) {
        var fetch = new JwksOverHttp(connections, KeyIssuers.addresses(settings));
        List<Issuer> listed = KeyIssuers.of(settings, catalog).values().stream()
                .flatMap(List::stream)
                .toList();
        var jwks = settings.sessionToken().jwks();
        var timing = new KeyTiming(
                jwks.refresh(),
                jwks.keep(),
                jwks.timeout(),
                jwks.unknownKeyInterval(),
                settings.deadline().dividedBy(2));
        return new JwksKeySource(listed, context(timing, fetch, events));
    }

    /** What fetching takes. A call waits for keys at most half of its deadline: the fetch itself needs some of it, too. */
    static KeyFetchContext context(KeyTiming timing, JwksFetch fetch, KeyEvents events) {
        return new KeyFetchContext(
                fetch,
                timing,
                FastCrypto.provider().orElse(null),
                events,
                new KeyFetchContext.Scheduling(
                        Clock.systemUTC(),
                        Schedulers.parallel(),
                        new LoopScheduler(),
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    /**
     * Keeps them fresh, and takes up here those of the last process, before the server takes calls.
     *
     * @param whenReady is told, again and again, that there are keys of every listed project
     */
    public static JwksRefresher refresher(
            JwksKeySource keys, Settings settings, ContractCatalog catalog, Runnable whenReady) {
        var jwks = settings.sessionToken().jwks();
        Optional<JwksFileCache> cache = jwks.file()
                .map(file -> new JwksFileCache(
                        new KeyFile(Path.of(file)),
                        keys,
                        KeyIssuers.addresses(settings),
                        issuer -> KeyIssuers.known(catalog, issuer),
                        Clock.systemUTC()));
        cache.ifPresent(it ->
                it.load(jwks.keep(), saved -> KeyIssuers.find(settings, catalog, saved.project(), saved.operation())));
        return new JwksRefresher(keys, KeyIssuers.of(settings, catalog), whenReady, cache);
    }
}
