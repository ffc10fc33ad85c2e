package dev.sallyport.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFault;
import dev.sallyport.token.keys.fetch.JwksFetch;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyFetchContext;
import dev.sallyport.token.keys.fetch.KeyTiming;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Timeout(120)
final class JwksRefresherTest {
    private static final Issuer ISSUER =
            new Issuer(new Operation("keys", "GET", "/keys/{project}"), TokenAlgorithm.RS256, "project");

    private final BlockingQueue<Issuer> asked = new LinkedBlockingQueue<>();

    @Test
    void what_was_stopped_can_be_started_again() throws Exception {
        var refresher = new JwksRefresher(source(), Map.of("project", List.of(ISSUER)), () -> {}, Optional.empty());
        refresher.start();
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(ISSUER);

        refresher.stop();
        assertThat(refresher.isRunning()).isFalse();
        asked.clear();
        refresher.start();

        assertThat(refresher.isRunning()).isTrue();
        assertThat(asked.poll(30, TimeUnit.SECONDS)).isEqualTo(ISSUER);
        refresher.stop();
        refresher.destroy();
    }

    /** Never has keys, so that it goes on asking. */
    private JwksKeySource source() {
        JwksFetch fetch = issuer -> {
            asked.add(issuer);
            return Mono.just(new JwksFetch.FetchRefused(FetchFault.BAD_STATUS));
        };
        var second = Duration.ofSeconds(1);
        var timing = new KeyTiming(Duration.ofMinutes(10), Duration.ofHours(4), second, second, second);
        return new JwksKeySource(
                List.of(ISSUER),
                new KeyFetchContext(
                        fetch,
                        timing,
                        null,
                        GatewayMeters.in(new SimpleMeterRegistry(), new LineWindows(Schedulers.immediate()))
                                .keys(),
                        new KeyFetchContext.Scheduling(
                                Clock.systemUTC(), Schedulers.parallel(), Schedulers::parallel, () -> 0)));
    }
}
