package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.keys.FastCrypto;
import dev.sallyport.gateway.keys.JwksFileCache;
import dev.sallyport.gateway.keys.JwksRefresher;
import dev.sallyport.gateway.keys.KeyFile;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.gateway.management.KeyGauges;
import dev.sallyport.gateway.management.KeysEndpoint;
import dev.sallyport.gateway.management.KeysReady;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.JwksOverHttp;
import dev.sallyport.gateway.provider.ProviderClients;
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
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Keys of session tokens: fetching them, keeping them, and telling of them. */
@Configuration(proxyBeanMethods = false)
class KeyWiring {
    @Bean
    JwksKeySource keySource(Settings settings, ContractCatalog catalog, ProviderClients clients, GatewayMeters meters) {
        var fetch = new JwksOverHttp(clients.keys(), KeyIssuers.addresses(settings));
        List<Issuer> listed = KeyIssuers.of(settings, catalog).values().stream()
                .flatMap(List::stream)
                .toList();
        return new JwksKeySource(listed, context(settings, fetch, meters.keys()));
    }

    /** What fetching takes. A call waits for keys at most half of its deadline: the fetch itself needs some of it, too. */
    private static KeyFetchContext context(Settings settings, JwksFetch fetch, KeyEvents events) {
        var jwks = settings.sessionToken().jwks();
        var timing = new KeyTiming(
                jwks.refresh(),
                jwks.keep(),
                jwks.timeout(),
                jwks.unknownKeyInterval(),
                settings.deadline().dividedBy(2));
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

    /** Keys of the last process are taken up here, before the server takes calls. */
    @Bean
    JwksRefresher jwksRefresher(JwksKeySource keys, Settings settings, ContractCatalog catalog, KeysReady ready) {
        var jwks = settings.sessionToken().jwks();
        Optional<JwksFileCache> cache = jwks.file()
                .map(file -> new JwksFileCache(
                        new KeyFile(Path.of(file)), keys, KeyIssuers.addresses(settings), Clock.systemUTC()));
        cache.ifPresent(it ->
                it.load(jwks.keep(), saved -> KeyIssuers.find(settings, catalog, saved.project(), saved.operation())));
        return new JwksRefresher(keys, KeyIssuers.of(settings, catalog), ready, cache);
    }

    @Bean
    KeysReady sessionKeys() {
        return new KeysReady();
    }

    @Bean
    KeyGauges keyGauges(JwksKeySource keys, Settings settings, ContractCatalog catalog) {
        return new KeyGauges(keys, KeyIssuers.of(settings, catalog));
    }

    @Bean
    KeysEndpoint keysEndpoint(JwksKeySource keys, Settings settings) {
        Set<String> listed =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        return new KeysEndpoint(keys, listed, KeyIssuers.addresses(settings), Clock.systemUTC());
    }
}
