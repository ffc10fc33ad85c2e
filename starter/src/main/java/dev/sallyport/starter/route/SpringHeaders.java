package dev.sallyport.starter.route;

import dev.sallyport.call.Headers;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Spring's headers as ours, without a copy. Prints names only. */
record SpringHeaders(HttpHeaders headers) implements Headers {
    @Override
    public @Nullable String first(String name) {
        return headers.getFirst(name);
    }

    @Override
    public void forEach(BiConsumer<String, String> line) {
        headers.forEach((name, values) -> values.forEach(value -> line.accept(name, value)));
    }

    @Override
    public String toString() {
        return headers.headerNames().toString();
    }
}
