package dev.sallyport.contract.watch;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Room for so many entries, in one map or in several together. What comes when it is full shares an entry: what is counted
 * can then not grow without end, whatever the keys are. Thread-safe.
 */
public final class CardinalityLimit {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Room that is empty.
     *
     * @param most how many entries find a place of their own
     */
    public CardinalityLimit(int most) {
        this.most = most;
    }

    /**
     * What a map has for a key. A new one takes its place only if it is put into the map, whatever other threads do.
     *
     * @param others the key that stands for all for which there is no room; has to be one of few
     */
    public <K, V> V in(ConcurrentMap<K, V> map, K key, UnaryOperator<K> others, Function<? super K, ? extends V> make) {
        @Nullable V had = map.get(key);
        if (had != null) {
            return had;
        }
        @Nullable V made = isFull() ? null : map.computeIfAbsent(key, wanted -> take() ? make.apply(wanted) : null);
        return made != null ? made : map.computeIfAbsent(others.apply(key), make);
    }

    private boolean isFull() {
        return taken.get() >= most;
    }

    private boolean take() {
        return taken.getAndUpdate(count -> Math.min(most, count + 1)) < most;
    }
}
