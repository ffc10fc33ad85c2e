package dev.sallyport.gateway.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each signal does, without a process that ends. */
@Timeout(60)
final class StopSignalsTest {
    private static final int INT = 2;
    private static final int TERM = 15;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final StopSignals signals = new StopSignals(
            () -> done.add("hurry"), status -> done.add("exit " + status), status -> done.add("halt " + status));

    @Test
    void the_first_stops_in_order() {
        signals.came(TERM, false);

        assertThat(done).containsExactly("exit 143");
    }

    @Test
    void that_of_the_keyboard_stops_in_order_and_without_a_delay() {
        signals.came(INT, true);

        assertThat(done).containsExactly("hurry", "exit 130");
    }

    @Test
    void a_second_one_stops_at_once_unless_it_is_the_same_twice() {
        signals.came(TERM, false);

        await().untilAsserted(() -> {
            signals.came(INT, true);
            assertThat(done).startsWith("exit 143", "halt 130");
        });
    }
}
