package dev.sallyport.gateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Scripts and styles, all from this program itself: no page asks another host for anything. Reads them once. Thread-safe. */
public final class ConsoleAssets {
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String OWN = "/dev/sallyport/gateway/console/";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final String STYLE = "text/css;charset=UTF-8";

    private static final Map<String, Source> SOURCES = Map.of(
            "htmx.js", new Source(WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js", SCRIPT),
            "sse.js", new Source(WEBJARS + "htmx-ext-sse/2.2.2/sse.js", SCRIPT),
            "uplot.js", new Source(WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js", SCRIPT),
            "uplot.css", new Source(WEBJARS + "uplot/1.6.30/dist/uPlot.min.css", STYLE),
            "icon.svg", new Source(OWN + "icon.svg", "image/svg+xml"),
            "console.js", new Source(OWN + "console.js", SCRIPT),
            "console.css", new Source(OWN + "console.css", STYLE));

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    private record Source(String resource, String mediaType) {}

    /** A file. */
    @SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
    public record Asset(byte[] content, String mediaType) {}

    /** By the name in the address; empty if there is none. */
    public Optional<Asset> named(String name) {
        @Nullable Source source = SOURCES.get(name);
        return source == null ? Optional.empty() : Optional.of(read.computeIfAbsent(name, same -> content(source)));
    }

    private static Asset content(Source source) {
        try (@Nullable InputStream file = ConsoleAssets.class.getResourceAsStream(source.resource())) {
            if (file == null) {
                throw new IllegalStateException(source.resource() + " is not in this build");
            }
            return new Asset(file.readAllBytes(), source.mediaType());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
