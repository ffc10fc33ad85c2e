package dev.sallyport.sandbox.server;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.netty.http.server.HttpServerRequest;

/** Counts what reaches the provider, and remembers the latest requests. Thread-safe. */
public final class RequestLog {
    private static final int REMEMBERED = 256;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong jwksFetches = new AtomicLong();
    private final Deque<RecordedRequest> latest = new ArrayDeque<>();

    /** Counts a request as soon as its head is there. */
    void arrived(Area area) {
        switch (area) {
            case PROVIDER -> received.incrementAndGet();
            case KEYS -> jwksFetches.incrementAndGet();
            case OURS -> {}
        }
    }

    /** Remembers a request to the provider once its body is there. */
    void completed(Area area, HttpServerRequest request, byte[] body) {
        if (area == Area.PROVIDER) {
            remember(new RecordedRequest(
                    request.method().name(), request.uri(), headers(request.requestHeaders()), body));
        }
    }

    public long received() {
        return received.get();
    }

    public long jwksFetches() {
        return jwksFetches.get();
    }

    public List<RecordedRequest> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    private void remember(RecordedRequest request) {
        synchronized (latest) {
            if (latest.size() == REMEMBERED) {
                latest.removeFirst();
            }
            latest.addLast(request);
        }
    }

    private static Map<String, List<String>> headers(HttpHeaders headers) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.names().forEach(name -> all.put(name, headers.getAll(name)));
        return all;
    }
}
