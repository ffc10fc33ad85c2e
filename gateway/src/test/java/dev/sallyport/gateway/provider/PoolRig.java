package dev.sallyport.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.call.Reply.Timing;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.connection.ReplyReader;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.connection.Target;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import reactor.netty.resources.LoopResources;

/** Event loops, and pools over them. */
final class PoolRig implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(1);

    private static final int CAP = 1000;

    private final LoopResources loops;
    private final List<EventLoop> each = new ArrayList<>();
    private final Connector connector;

    PoolRig(int count, Optional<SslContext> tls) {
        loops = LoopResources.create("pool-test", count, true);
        for (EventExecutor loop : loops.onClient(LoopResources.DEFAULT_NATIVE)) {
            each.add((EventLoop) loop);
        }
        connector = new Connector(loops, Duration.ofSeconds(20), tls);
    }

    ConnectionPool pool(PoolLimits limits) {
        return new ConnectionPool(limits, connector, true);
    }

    static PoolLimits limits(int connections, int pending, Duration acquireTimeout) {
        return new PoolLimits("test", connections, pending, acquireTimeout, LONG, LONG, LONG);
    }

    EventLoop loop(int which) {
        return each.get(which);
    }

    /** On a loop, in a turn of its own. To cancel what comes of it cancels the exchange. */
    @SuppressWarnings("FutureReturnValueIgnored") // the same future is returned
    <T> CompletableFuture<T> send(ConnectionPool pool, Exchange<T> exchange, int which) {
        var outcome = new CompletableFuture<T>();
        each.get(which).execute(() -> {
            var call = pool.send(exchange).subscribe(outcome::complete, outcome::completeExceptionally);
            outcome.whenComplete((reply, failure) -> {
                if (outcome.isCancelled()) {
                    call.dispose();
                }
            });
        });
        return outcome;
    }

    static Exchange<String> exchange(int port, String path) {
        return new Exchange<>(Request.of(target("http://127.0.0.1:" + port), HttpMethod.GET, path), CAP, new Text());
    }

    static Target target(String url) {
        return Target.of(URI.create(url));
    }

    @Override
    public void close() {
        connector.close();
        loops.dispose();
    }

    /** Reads a reply as its text. */
    static final class Text implements ReplyReader<String> {
        @Override
        public String ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing) {
            return new String(body, UTF_8);
        }

        @Override
        public boolean isInDoubt(String text) {
            return false;
        }
    }
}
