package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.laws.Laws;
import dev.sallyport.ratelimit.Taking.Outcome;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A call gets a permit of each limit or of none, however many calls come at once. Time stands still here. */
final class PermitsTest {
    private static final String KEY = "key";

    private final LocalLimitStore store = new LocalLimitStore(1000, new StandingTime());

    @Test
    void a_call_that_the_second_limit_refuses_takes_nothing_of_the_first() {
        List<Limit> limits = List.of(limit("large", 40), limit("small", 30));
        List<String> heard = new ArrayList<>();
        for (int call = 0; call < 100; call++) {
            Taking taking = store.takeNow(buckets(limits));
            taking.standings().stream()
                    .filter(standing -> standing.nanosToNext() > 0)
                    .forEach(standing -> heard.add(standing.limit().name()));
        }

        assertThat(heard).hasSize(70).containsOnly("small");
        assertThat(left(limit("large", 40))).isEqualTo(10);
    }

    /** Law: as many calls are let through as the smallest limit has permits, and no other limit loses more than those. */
    @Test
    void many_at_once_get_as_many_permits_as_there_are() {
        Laws.holds(60, draw -> manyAtOnce(draw.list(2, 4, () -> draw.between(1, 60)), draw.between(1, 40)));
    }

    private static void manyAtOnce(List<Integer> bursts, int callsOfAThread) throws Exception {
        var fresh = new LocalLimitStore(1000, new StandingTime());
        List<Limit> limits = new ArrayList<>();
        for (int index = 0; index < bursts.size(); index++) {
            limits.add(limit("limit-" + index, bursts.get(index)));
        }

        int granted = granted(fresh, buckets(limits), callsOfAThread);

        int smallest = bursts.stream().mapToInt(Integer::intValue).min().orElseThrow();
        assertThat(granted).isEqualTo(Math.min(smallest, THREADS * callsOfAThread));
        for (Limit limit : limits) {
            assertThat(left(fresh, limit)).as(limit.name()).isEqualTo((int) limit.burst() - granted);
        }
    }

    private static final int THREADS = 8;

    private static int granted(LocalLimitStore permits, List<Bucket> buckets, int callsOfAThread) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<Integer> calls = () -> {
                int granted = 0;
                for (int call = 0; call < callsOfAThread; call++) {
                    granted += permits.takeNow(buckets).outcome() == Outcome.TAKEN ? 1 : 0;
                }
                return granted;
            };
            int granted = 0;
            for (Future<Integer> thread : threads.invokeAll(java.util.Collections.nCopies(THREADS, calls))) {
                granted += thread.get();
            }
            return granted;
        } finally {
            threads.shutdownNow();
        }
    }

    private int left(Limit limit) {
        return left(store, limit);
    }

    private static List<Bucket> buckets(List<Limit> limits) {
        return limits.stream().map(limit -> new Bucket(limit, KEY)).toList();
    }

    private static int left(LocalLimitStore store, Limit limit) {
        int left = 0;
        while (store.takeNow(buckets(List.of(limit))).outcome() == Outcome.TAKEN) {
            left++;
        }
        return left;
    }

    private static Limit limit(String name, int burst) {
        return new Limit(name, LimitKey.PROJECT, 1, Duration.ofHours(1), burst);
    }

    private static final class StandingTime implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return 0;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
