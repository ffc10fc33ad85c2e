package dev.sallyport.gateway.console.state;

import dev.sallyport.gateway.console.source.ConsoleSources.Reload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The latest reloads: the gateway itself remembers the last alone. Bounded. Thread-safe. */
public final class ReloadLog {
    private static final int MOST = 20;

    private final Deque<Reload> reloads = new ArrayDeque<>();

    /** A reload that was seen, once or again. */
    public synchronized void seen(Reload reload) {
        if (reload.equals(reloads.peekFirst())) {
            return;
        }
        reloads.addFirst(reload);
        if (reloads.size() > MOST) {
            reloads.removeLast();
        }
    }

    synchronized List<Reload> latestFirst() {
        return new ArrayList<>(reloads);
    }
}
