package dev.sallyport.gateway.http.header;

import dev.sallyport.call.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Netty's headers as ours, without a copy. Prints names only. */
public record NettyHeaders(HttpHeaders headers) implements Headers {
    @Override
    public @Nullable String first(String name) {
        return headers.get(name);
    }

    @Override
    public List<String> all(String name) {
        return headers.getAll(name);
    }

    @Override
    public void forEach(BiConsumer<String, String> line) {
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> next = lines.next();
            line.accept(next.getKey().toString(), next.getValue().toString());
        }
    }

    @Override
    public String toString() {
        return headers.names().toString();
    }
}
