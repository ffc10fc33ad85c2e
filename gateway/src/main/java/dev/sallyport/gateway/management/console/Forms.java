package dev.sallyport.gateway.management.console;

import java.util.List;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reads what a form sent, whose length is bounded before it is read, and while it is. */
final class Forms {
    private final int largest;
    private final String words;

    /**
     * Forms of a page.
     *
     * @param largest in bytes
     * @param words told of one that is larger
     */
    Forms(int largest, String words) {
        this.largest = largest;
        this.words = words;
    }

    Mono<ServerResponse> read(
            ServerRequest request, Function<MultiValueMap<String, String>, Mono<ServerResponse>> answer) {
        if (request.headers().contentLength().orElse(0) > largest) {
            return tooLarge();
        }
        return request.formData()
                .flatMap(form -> isTooLarge(form) ? tooLarge() : answer.apply(form))
                .onErrorResume(DataBufferLimitException.class, beyond -> tooLarge());
    }

    private boolean isTooLarge(MultiValueMap<String, String> form) {
        return form.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(String::length)
                        .sum()
                > largest;
    }

    private Mono<ServerResponse> tooLarge() {
        return ConsoleAnswers.words(HttpStatus.CONTENT_TOO_LARGE, words);
    }
}
