package dev.sallyport.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.laws.Laws;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** What a gateway holds of a bucket, one step after another and under every interleaving that a small number of steps has. */
public final class LeaseTest {
    private static final long MOST = 3;

    /** Tried by Lincheck: whatever threads do at once has the results of some order in which they do it one by one. */
    public static final class Interleaved {
        private final Lease lease = new Lease(MOST);

        @Operation
        public boolean take() {
            return lease.take();
        }

        @Operation
        public long add() {
            return lease.add(2);
        }

        @Operation
        public long clear() {
            return lease.clear();
        }

        @Operation
        public long held() {
            return lease.held();
        }
    }

    @Test
    void steps_of_several_threads_are_steps_in_some_order() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(Interleaved.class);
    }

    /** Law: no permit is lost or made, and no more is held than may be. */
    @Test
    void permits_are_taken_held_or_find_no_room() {
        Laws.holds(200, draw -> {
            long most = draw.between(0, 20);
            var lease = new Lease(most);
            long in = 0;
            long out = 0;
            for (int step : draw.list(1, 60, () -> draw.between(0, 5))) {
                int amount = draw.between(0, 30);
                in += step == 0 ? amount : 0;
                out += step == 0 ? lease.add(amount) : step == 1 ? lease.clear() : lease.take() ? 1 : 0;
                assertThat(lease.held()).isBetween(0L, most);
                assertThat(lease.room()).isEqualTo(most - lease.held());
            }
            assertThat(out + lease.clear()).isEqualTo(in);
        });
    }
}
