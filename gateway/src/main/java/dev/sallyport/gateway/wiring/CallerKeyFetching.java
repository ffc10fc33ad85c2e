package dev.sallyport.gateway.wiring;

import dev.sallyport.caller.CallerTokens;
import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallerJwtSettings;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.gateway.keys.CallerKeys;
import dev.sallyport.gateway.keys.JwksRefresher;
import dev.sallyport.gateway.management.gauges.KeyGauges;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.token.keys.fetch.KeyEvents;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import reactor.netty.resources.LoopResources;

/** Keeps the keys of the company's issuer warm, over connections of their own, from the start to the stop; nothing without one. */
final class CallerKeyFetching implements SmartLifecycle, DisposableBean {
    private static final int CONNECTIONS = 4;

    private final Optional<Parts> parts;

    private record Parts(CallerKeys keys, JwksRefresher refresher, ConnectionPool connections, Connector connector) {}

    private CallerKeyFetching(Optional<Parts> parts) {
        this.parts = parts;
    }

    /**
     * As the settings have it.
     *
     * @param tls for connections to the issuer
     * @param whenReady is told, again and again, that there are keys
     */
    static CallerKeyFetching of(
            Settings settings,
            Function<CallerJwtSettings, PeerTls> tls,
            LoopResources loops,
            KeyEvents events,
            Runnable whenReady) {
        return new CallerKeyFetching(settings.callers()
                .issuer()
                .map(jwt -> parts(settings, jwt, connector(settings, tls.apply(jwt), loops), events, whenReady)));
    }

    private static Connector connector(Settings settings, PeerTls tls, LoopResources loops) {
        PoolSettings pool = settings.provider().pool();
        Egress egress = Egress.of(settings.egress());
        return new Connector(loops, pool.connectTimeout(), () -> Optional.of(tls.now()), egress);
    }

    private static Parts parts(
            Settings settings, CallerJwtSettings jwt, Connector connector, KeyEvents events, Runnable whenReady) {
        PoolLimits limits =
                PoolLimits.of("caller-keys", CONNECTIONS, settings.provider().pool());
        var connections = new ConnectionPool(limits, connector, false);
        var keys = new CallerKeys(settings, jwt, connections, events);
        return new Parts(keys, keys.refresher(whenReady), connections, connector);
    }

    /** Verifies callers' tokens. */
    CallerTokens tokens() {
        return parts.map(it -> it.keys().tokens()).orElse(CallerTokens.NONE);
    }

    Optional<KeyGauges> gauges() {
        return parts.map(it -> new KeyGauges(it.keys().source(), it.keys().issuers()));
    }

    @Override
    public void start() {
        parts.ifPresent(it -> it.refresher().start());
    }

    @Override
    public void stop() {
        parts.ifPresent(it -> it.refresher().stop());
    }

    @Override
    public boolean isRunning() {
        return parts.filter(it -> it.refresher().isRunning()).isPresent();
    }

    @Override
    public void destroy() {
        parts.ifPresent(it -> {
            it.refresher().destroy();
            it.connections().close();
            it.connector().close();
        });
    }
}
