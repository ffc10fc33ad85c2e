package dev.sallyport.sandbox.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as it arrived, for tests to look at. Prints without header values and body: both may hold secrets. */
public final class RecordedRequest {
    private final String method;
    private final String uri;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    public RecordedRequest(String method, String uri, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        this.headers = java.util.Collections.unmodifiableMap(sorted);
        this.body = body.clone();
    }

    public String method() {
        return method;
    }

    /** Returns path and query as they came. */
    public String uri() {
        return uri;
    }

    /** Returns all headers; names in any case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s %s, %d bytes", method, uri, headers.keySet(), body.length);
    }
}
