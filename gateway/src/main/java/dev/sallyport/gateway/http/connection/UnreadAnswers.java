package dev.sallyport.gateway.http.connection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes of answers wait for callers to read them, all connections together. Only answers that the network did not
 * take at once are noted, so a caller who reads never comes here. Thread-safe.
 */
public final class UnreadAnswers {
    private final long most;
    private final Map<UnreadAnswer, Long> waiting = new LinkedHashMap<>();
    private long total;

    /**
     * A bound.
     *
     * @param most bytes
     */
    public UnreadAnswers(long most) {
        this.most = most;
    }

    /**
     * Notes that so many more bytes wait. Those that have waited longest are forgotten until the rest is within the bound;
     * one alone may be over it, since a single reply has a limit of its own.
     *
     * @return the answers that were forgotten, to be cut
     */
    synchronized List<UnreadAnswer> add(UnreadAnswer answer, long bytes) {
        waiting.merge(answer, bytes, Long::sum);
        total += bytes;
        List<UnreadAnswer> over = new ArrayList<>();
        Iterator<Map.Entry<UnreadAnswer, Long>> longest = waiting.entrySet().iterator();
        while (total > most && waiting.size() > 1) {
            Map.Entry<UnreadAnswer, Long> next = longest.next();
            total -= next.getValue();
            over.add(next.getKey());
            longest.remove();
        }
        return over;
    }

    synchronized void remove(UnreadAnswer answer) {
        Long bytes = waiting.remove(answer);
        total -= bytes == null ? 0 : bytes;
    }

    synchronized long bytes() {
        return total;
    }
}
