package dev.sallyport.contract.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class CardinalityLimitTest {
    /** As two threads see it that both looked before either of them put something there. */
    private static final class LookedTooEarly extends ConcurrentHashMap<String, String> {
        @Override
        @SuppressWarnings("NullAway") // what a map says of a key that it does not have
        public String get(Object key) {
            return null;
        }
    }

    @Test
    void those_who_bring_the_same_key_at_once_take_one_place() {
        var limit = new CardinalityLimit(2);
        var map = new LookedTooEarly();

        for (String key : new String[] {"first", "first", "second", "third"}) {
            limit.in(map, key, ignored -> "other", made -> made);
        }

        assertThat(map.keySet()).containsExactlyInAnyOrder("first", "second", "other");
    }
}
