package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.ConsoleAssets.Asset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers with the header fields that keep a page to itself: its own scripts and styles, in no frame, in no cache. */
final class ConsoleAnswers {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Nothing inline, nothing from elsewhere. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private ConsoleAnswers() {}

    static Mono<ServerResponse> page(String html) {
        return page(HttpStatus.OK, html);
    }

    static Mono<ServerResponse> page(HttpStatus status, String html) {
        return with(status, "no-store").contentType(HTML).bodyValue(html);
    }

    /** Of a form that another page made, or one of a session that is over. */
    static Mono<ServerResponse> notOwnForm() {
        return words(HttpStatus.FORBIDDEN, "This form is not of your session. Load the page again.");
    }

    static Mono<ServerResponse> found(Optional<String> html) {
        return html.map(ConsoleAnswers::page).orElseGet(() -> words(HttpStatus.NOT_FOUND, "There is nothing here."));
    }

    static Mono<ServerResponse> json(String json) {
        return with(HttpStatus.OK, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json.getBytes(StandardCharsets.UTF_8));
    }

    static Mono<ServerResponse> asset(Optional<Asset> asset) {
        return asset.map(file -> with(HttpStatus.OK, "max-age=600")
                        .contentType(MediaType.parseMediaType(file.mediaType()))
                        .bodyValue(file.content()))
                .orElseGet(() -> words(HttpStatus.NOT_FOUND, "There is nothing here."));
    }

    static Mono<ServerResponse> words(HttpStatus status, String words) {
        return with(status, "no-store").contentType(MediaType.TEXT_PLAIN).bodyValue(words + "\n");
    }

    static ServerResponse.BodyBuilder with(HttpStatus status, String caching) {
        return ServerResponse.status(status)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, caching);
    }
}
