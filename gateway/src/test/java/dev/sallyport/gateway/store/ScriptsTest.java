package dev.sallyport.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.config.limit.LeaseSettings;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.OnStoreFailure;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.limit.RateLimitStore;
import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.config.value.Percent;
import dev.sallyport.idempotency.Claim;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.Claim.State;
import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.idempotency.Ending;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import dev.sallyport.idempotency.Ending.Unknown;
import dev.sallyport.idempotency.SealedAnswer;
import dev.sallyport.idempotency.SharedClaimStore;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Limit;
import dev.sallyport.ratelimit.LocalLimitStore;
import dev.sallyport.ratelimit.Taking;
import dev.sallyport.ratelimit.Taking.Outcome;
import dev.sallyport.ratelimit.shared.SharedLimitStore;
import dev.sallyport.store.StoreFailure.Fault;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the scripts do on real servers, where gateways cannot bring it about at will: late commands and clocks that step back. */
@ParameterizedClass
@EnumSource(StoreKind.class)
@Timeout(120)
final class ScriptsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Wish ONE = wish("one");
    private static final Wish OTHER = wish("other");

    private final StoreServer server;
    private final StoreAccess access;
    private final SharedClaimStore claims;

    ScriptsTest(StoreKind kind) {
        server = StoreServer.of(kind);
        access = StoreAccess.of(
                new StoreSettings(
                        Optional.of(StoreUrl.parse(server.url())),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10)),
                Optional.empty(),
                new Silent());
        claims = new SharedClaimStore(
                access.shared().orElseThrow(),
                new SharedClaimStore.Terms(Duration.ofSeconds(15), Duration.ofHours(24), true),
                Schedulers.parallel());
        await().atMost(LONG).until(access::isConnected);
    }

    @AfterEach
    void stop() {
        access.close();
        server.close();
    }

    private static Wish wish(String owner) {
        return new Wish(List.of("name"), "print of " + owner, owner);
    }

    @Test
    void a_renewal_behind_the_end_revives_nothing() {
        claim(ONE);
        end(ONE, new NoEffect());

        assertThat(got(claims.renew(ONE))).isFalse();
        assertThat(claim(OTHER)).isInstanceOf(Claim.Granted.class);
        assertThat(got(claims.renew(ONE))).isFalse();
        end(OTHER, new NoEffect());
        assertThat(got(claims.renew(ONE))).isFalse();
        assertThat(claim(wish("third"))).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void a_claim_behind_its_own_end_claims_nothing() {
        end(ONE, new NoEffect());
        claim(ONE);

        assertThat(claim(OTHER)).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void an_end_that_comes_twice_says_so_twice_and_does_nothing_the_second_time() {
        claim(ONE);

        assertThat(end(ONE, new NoEffect())).isTrue();
        assertThat(end(ONE, new NoEffect())).isTrue();
        claim(OTHER);
        assertThat(end(ONE, new NoEffect())).isFalse();
        assertThat(state()).isEqualTo(State.IN_FLIGHT);
        assertThat(end(OTHER, success())).isTrue();
        assertThat(end(OTHER, success())).isTrue();
        assertThat(end(OTHER, new NoEffect())).isTrue();
        assertThat(state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void what_the_store_lost_its_owner_brings_back_although_the_key_was_freed_meanwhile() {
        claim(ONE);
        server.ask("FLUSHALL");
        claim(OTHER);
        end(OTHER, new NoEffect());

        assertThat(end(ONE, new Unknown())).isTrue();
        assertThat(state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void that_a_key_was_freed_is_soon_forgotten() {
        claim(ONE);
        end(ONE, new NoEffect());

        assertThat(number(server.ask("PTTL sallyport:{idempotency}:name"))).isBetween(1L, 60_000L);
    }

    @Test
    void
            nothing_flows_in_twice_where_the_clock_stepped_back_and_no_bucket_is_closed_for_longer_than_it_takes_to_fill() {
        Limit limit = new Limit("limit", LimitKey.PROJECT, 100, Duration.ofSeconds(1), 300);
        Bucket bucket = new Bucket(limit, "key");
        take(bucket);
        String name = nameOfTheBucket();

        server.ask("SET " + name + " \"0 " + (micros() + 2_000_000) + "\"");
        Taking behind = take(bucket);
        server.ask("SET " + name + " \"0 " + (micros() + 86_400_000_000L) + "\"");
        Taking farBehind = take(bucket);

        assertThat(behind.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(waits(behind)).isBetween(Duration.ofMillis(10), Duration.ofMillis(2010));
        assertThat(waits(farBehind)).isBetween(Duration.ofMillis(2010), Duration.ofMillis(3010));
    }

    @Test
    void what_flows_in_while_a_bucket_is_often_asked_for_is_not_rounded_away() {
        Limit limit = new Limit("limit", LimitKey.PROJECT, 1, Duration.ofDays(30), 1);
        Bucket bucket = new Bucket(limit, "key");
        for (int call = 0; call < 20; call++) {
            take(bucket);
        }

        String name = nameOfTheBucket();
        String kept = server.ask("GET " + name).lines().skip(1).findFirst().orElseThrow();
        assertThat(Double.parseDouble(kept.substring(0, kept.indexOf(' ')))).isPositive();
    }

    private String nameOfTheBucket() {
        return server.ask("KEYS {sallyport-limits}*")
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow();
    }

    private long micros() {
        List<String> lines = server.ask("TIME").lines().toList();
        return Long.parseLong(lines.get(2)) * 1_000_000 + Long.parseLong(lines.get(4));
    }

    private static long number(String answer) {
        return Long.parseLong(answer.strip().substring(1));
    }

    private static Duration waits(Taking taking) {
        return Duration.ofNanos(taking.standings().get(0).nanosToNext());
    }

    /** By a gateway that knows nothing so far, so that it asks. */
    private Taking take(Bucket bucket) {
        var settings = new RateLimitSettings(
                RateLimitStore.REDIS,
                OnStoreFailure.REFUSE,
                new LeaseSettings(new Percent(0), Duration.ofSeconds(1)),
                new LimitHeaderSettings(true, false),
                true,
                List.of(),
                1000L);
        var limits = new SharedLimitStore(
                access.shared().orElseThrow(),
                new LocalLimitStore(100, TimeMeter.SYSTEM_NANOTIME),
                settings,
                new SharedLimitStore.Time(System::nanoTime, Schedulers.parallel()));
        return got(limits.take(List.of(bucket)));
    }

    private Claim claim(Wish wish) {
        return got(claims.claim(wish));
    }

    private boolean end(Wish wish, Ending ending) {
        return got(claims.end(wish, ending));
    }

    /** As a call that comes now would be told. */
    private State state() {
        return ((Held) claim(wish("another"))).state();
    }

    private static Succeeded success() {
        return new Succeeded(new SealedAnswer("sealed".getBytes(US_ASCII)), Duration.ofMinutes(5));
    }

    private static <T> T got(Mono<T> asked) {
        return Objects.requireNonNull(asked.block(LONG));
    }

    private static final class Silent implements StoreEvents {
        @Override
        public void asked(String script, long nanos, @Nullable Fault fault) {}

        @Override
        public void connected() {}

        @Override
        public void lost() {}

        @Override
        public void unreachable(Throwable cause) {}
    }
}
