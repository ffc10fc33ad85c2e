package dev.sallyport.token.keys.fetch;

import dev.sallyport.token.keys.KeySource.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Answers what was put in before, or what it always answers, or waits to be told. */
final class FakeFetch implements JwksFetch {
    private final List<Issuer> asked = new ArrayList<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private Sinks.@Nullable One<Fetched> waiting;
    private @Nullable String always;

    FakeFetch next(String answer) {
        ready.add(answer);
        return this;
    }

    /** Takes back the answers that were put in and not asked for. */
    void forget() {
        ready.clear();
    }

    void always(String answer) {
        always = answer;
    }

    void answer(String jwks) {
        Objects.requireNonNull(waiting).tryEmitValue(document(jwks)).orThrow();
    }

    /** Who was asked for keys, in the order of the fetches. */
    List<Issuer> asked() {
        return asked;
    }

    @Override
    public Mono<Fetched> fetch(Issuer issuer) {
        asked.add(issuer);
        @Nullable String answer = ready.isEmpty() ? always : ready.poll();
        if (answer == null) {
            Sinks.One<Fetched> sink = Sinks.one();
            waiting = sink;
            return sink.asMono();
        }
        return switch (answer) {
            case "ERROR" -> Mono.error(new IllegalStateException("down"));
            case "NOTHING" -> Mono.empty();
            case "THROW" -> throw new IllegalStateException("down");
            case "REFUSED" -> Mono.just(new FetchRefused(FetchFault.BAD_STATUS));
            default -> Mono.just(document(answer));
        };
    }

    private static Document document(String jwks) {
        return new Document(jwks.getBytes(StandardCharsets.UTF_8), null);
    }
}
