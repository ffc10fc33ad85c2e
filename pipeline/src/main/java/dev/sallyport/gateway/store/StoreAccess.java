package dev.sallyport.gateway.store;

import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.store.SharedStore;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** The store that the settings name, or none. A gateway starts, and serves, whether the store can be reached or not. */
public final class StoreAccess implements AutoCloseable {
    private static final Duration HANDSHAKE = Duration.ofSeconds(1);
    private static final int LONGEST_END_SECONDS = 4;

    private final @Nullable Open open;

    private StoreAccess(@Nullable Open open) {
        this.open = open;
    }

    /** What there is if there is a store. */
    private record Open(RedisStore store, StoreLink link, RedisClient client, ClientResources resources, Place place) {}

    /** Where the store is, with the credentials of the moment. */
    private static final class Place {
        private volatile StoreSettings settings;

        Place(StoreSettings settings) {
            this.settings = settings;
        }
    }

    /** No store. */
    public static StoreAccess none() {
        return new StoreAccess(null);
    }

    /**
     * The store of the settings, being connected to in the background.
     *
     * @param tls what makes the connection trust and be trusted, if that is not the JVM's trust store
     */
    public static StoreAccess of(
            StoreSettings settings, Optional<Consumer<SslContextBuilder>> tls, StoreEvents events) {
        return settings.url()
                .map(there -> new StoreAccess(opened(settings, tls, events)))
                .orElseGet(StoreAccess::none);
    }

    private static Open opened(StoreSettings settings, Optional<Consumer<SslContextBuilder>> tls, StoreEvents events) {
        StorePassword.check(settings);
        var loop = new StoreLoop();
        ClientResources resources = DefaultClientResources.builder()
                .ioThreadPoolSize(1)
                .nettyCustomizer(loop)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        RedisClient client = RedisClient.create(resources);
        client.setOptions(options(tls));
        var retries = new StoreLink.Retries(
                Schedulers.boundedElastic(), () -> ThreadLocalRandom.current().nextDouble());
        var place = new Place(settings);
        var link = new StoreLink(client, loop, () -> address(place.settings), retries, events);
        var time = new RedisStore.Time(System::nanoTime, new LoopScheduler());
        var store = new RedisStore(link, loop, settings.timeout(), events, time);
        link.start();
        return new Open(store, link, client, resources, place);
    }

    /** The older protocol is what every server, and every proxy in front of one, speaks; nothing here needs the newer. */
    private static ClientOptions options(Optional<Consumer<SslContextBuilder>> tls) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(HANDSHAKE)
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(10))
                                .interval(Duration.ofSeconds(2))
                                .count(3)
                                .build())
                        .build())
                .sslOptions(tls.map(customized -> SslOptions.builder()
                                .jdkSslProvider()
                                .sslContext(customized)
                                .build())
                        .orElseGet(() -> SslOptions.builder().jdkSslProvider().build()))
                .build();
    }

    private static RedisURI address(StoreSettings settings) {
        StoreUrl url = settings.url().orElseThrow();
        RedisURI address = RedisURI.builder()
                .withHost(url.host())
                .withPort(url.port())
                .withDatabase(url.database())
                .withSsl(url.isTls())
                .withVerifyPeer(true)
                .withTimeout(HANDSHAKE)
                .build();
        StorePassword.of(settings).ifPresent(password -> {
            @Nullable String user = url.user().orElse(null);
            address.setCredentialsProvider(new StaticCredentialsProvider(
                    RedisCredentials.just(user, password.reveal().toCharArray())));
        });
        return address;
    }

    /** From the next connection on, the credentials in the URL are those of these settings; the store stays where it is. */
    public void renew(StoreSettings settings) {
        if (open != null) {
            Place place = open.place();
            place.settings = place.settings.withCredentialsOf(settings);
        }
    }

    /** The store, if the settings name one. */
    public Optional<SharedStore> shared() {
        return Optional.ofNullable(open).map(Open::store);
    }

    /** Where it is, without credentials, if the settings name one. */
    public Optional<String> address() {
        return Optional.ofNullable(open)
                .flatMap(it -> it.place().settings.url())
                .map(StoreUrl::toString);
    }

    public boolean isConnected() {
        return open != null && open.store().isConnected();
    }

    /** On a thread of its own, with a bound: Lettuce may wait for ever in closing, see {@link StoreLoop}. */
    @Override
    public void close() {
        if (open != null) {
            Open last = open;
            last.link().close();
            CompletableFuture.runAsync(() -> end(last))
                    .completeOnTimeout(null, LONGEST_END_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static void end(Open last) {
        last.client().shutdownAsync(0, 1, TimeUnit.SECONDS).join();
        last.resources().shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
