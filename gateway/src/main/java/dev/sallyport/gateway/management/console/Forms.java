package dev.sallyport.gateway.management.console;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
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
                .map(form -> Optional.of(withoutNulls(form)))
                .onErrorResume(IllegalArgumentException.class, unreadable -> Mono.just(Optional.empty()))
                .flatMap(form -> form.map(read -> isTooLarge(read) ? tooLarge() : answer.apply(read))
                        .orElseGet(Forms::unreadable))
                .onErrorResume(DataBufferLimitException.class, beyond -> tooLarge());
    }

    /** Whether it says that it is a form; what it says cannot be read is none. */
    static boolean isSaid(ServerRequest request) {
        try {
            return request.headers()
                    .contentType()
                    .filter(MediaType.APPLICATION_FORM_URLENCODED::isCompatibleWith)
                    .isPresent();
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static Mono<ServerResponse> unreadable() {
        return ConsoleAnswers.words(HttpStatus.BAD_REQUEST, "This is no form that can be read.");
    }

    /** A name without an equals sign has none for a value. */
    static MultiValueMap<String, String> withoutNulls(MultiValueMap<String, String> form) {
        var texts = new LinkedMultiValueMap<String, String>();
        form.forEach((name, values) -> values.forEach(value -> texts.add(name, Objects.requireNonNullElse(value, ""))));
        return texts;
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
