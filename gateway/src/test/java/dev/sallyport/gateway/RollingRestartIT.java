package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.ShippedJar.Run;
import dev.sallyport.gateway.TcpBalancer.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Two shipped gateways behind a balancer, restarted one after the other under load: no call fails, none is carried out twice. */
@Timeout(300)
class RollingRestartIT {
    private static final Logger LOG = LoggerFactory.getLogger(RollingRestartIT.class);
    private static final int CALLERS = 8;
    private static final int AMONG_OTHERS = 200;
    private static final String REPLY = "{\"status_code\":200,\"request_id\":\"request-1\"}";

    @TempDir
    Path folder;

    private final Queue<String> carriedOut = new ConcurrentLinkedQueue<>();

    @Test
    void no_call_fails_and_none_is_carried_out_twice() throws Exception {
        DisposableServer provider = provider();
        int[] ports = free(4);
        var one = new Node(ports[0], ports[1]);
        var other = new Node(ports[2], ports[3]);
        try (var first = started(one, provider);
                var second = started(other, provider);
                var balancer = new TcpBalancer(one, other)) {
            Waiting.until("both are ready", () -> balancer.isReady(one) && balancer.isReady(other));
            var callers = new KeepingCallers(balancer.port(), CALLERS, "http/1.1 200 ");
            try (callers) {
                someCalls(callers);
                assertStops(first);
                try (var firstAgain = started(one, provider)) {
                    Waiting.until("it is ready again", () -> balancer.isReady(one));
                    someCalls(callers);
                    assertStops(second);
                    someCalls(callers);
                    callers.end();
                    assertThat(firstAgain.isAlive()).isTrue();
                }
            }
            LOG.info(
                    "{} calls, {} failed; {} connections, {} turned away, {} requests sent again because theirs had ended",
                    callers.answered(),
                    callers.failures().size(),
                    callers.connections(),
                    balancer.turnedAway(),
                    callers.sentAgain());
            assertThat(callers.failures()).isEmpty();
            assertThat(carriedOut).doesNotHaveDuplicates().hasSize(callers.answered());
        } finally {
            provider.disposeNow();
        }
    }

    /** Each takes some time, so that calls are in flight whenever a gateway is told to stop. */
    private DisposableServer provider() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString(StandardCharsets.UTF_8)
                        .doOnNext(carriedOut::add)
                        .delayElement(Duration.ofMillis(20))
                        .flatMap(body -> response.header("Content-Type", "application/json")
                                .header("Content-Length", Integer.toString(REPLY.length()))
                                .sendString(Mono.just(REPLY))
                                .then()))
                .bindNow();
    }

    private ShippedJar started(Node node, DisposableServer provider) throws IOException {
        ShippedJar gateway = ShippedJar.start(
                folder,
                "run",
                "--sallyport.provider.base-url=http://127.0.0.1:" + provider.port(),
                "--server.port=" + node.port(),
                "--management.server.port=" + node.managementPort(),
                "--sallyport.drain.delay=2s");
        gateway.writtenOnce(text -> text.contains("serves on port"));
        return gateway;
    }

    private static void someCalls(KeepingCallers callers) {
        int before = callers.answered();
        Waiting.until("some calls", () -> callers.answered() >= before + AMONG_OTHERS);
    }

    private static void assertStops(ShippedJar gateway) throws Exception {
        gateway.terminate();
        Run run = gateway.ended();
        assertThat(run.status()).isEqualTo(143);
        assertThat(run.output()).contains("every call was answered").doesNotContain("ERROR", "WARN");
    }

    /** So many ports that are free, and that no connection which is made meanwhile gets for its own end. */
    private static int[] free(int count) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(20_000, 32_000))
                .distinct()
                .filter(RollingRestartIT::isFree)
                .limit(count)
                .toArray();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
