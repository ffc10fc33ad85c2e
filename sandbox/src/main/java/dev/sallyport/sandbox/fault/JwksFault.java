package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What can go wrong with published keys. Those who fetch keys send no headers of ours, so this is set for all of them. */
public enum JwksFault {
    NONE("Keys are served as they should be."),
    DOWN("503 server_unavailable."),
    SLOW("The keys come after two seconds."),
    HANG("No answer, ever."),
    GARBAGE("200 with an HTML page."),
    NOT_JSON("The keys, broken off in the middle."),
    EMPTY("A key set without keys."),
    HUGE("The keys, padded to a megabyte."),
    HTML_MEDIA_TYPE("The keys, as text/html."),
    ENCRYPTION_ONLY("The keys, all said to be for encryption."),
    WITHOUT_ACTIVE("The active key is missing; the older ones are served.");

    private static final Duration SLOWNESS = Duration.ofSeconds(2);

    private final String sentence;

    JwksFault(String sentence) {
        this.sentence = sentence;
    }

    public static Optional<JwksFault> named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String sentence() {
        return sentence;
    }

    /** Returns what becomes of a reply that carries keys, the active one first. */
    public Mono<Reply> applyTo(Reply reply) {
        return switch (this) {
            case NONE -> Mono.just(reply);
            case DOWN -> Mono.just(Refusal.of(ErrorType.SERVER_UNAVAILABLE).reply(Product.CONSUMER.docs()));
            case SLOW -> Mono.just(reply).delayElement(SLOWNESS);
            case HANG -> Mono.never();
            case GARBAGE -> Mono.just(Reply.text(200, "text/html", "<html><body>Welcome!</body></html>"));
            case NOT_JSON -> Mono.just(reply.withContent(Arrays.copyOf(reply.content(), reply.content().length / 2)));
            case EMPTY -> Mono.just(withoutKeys(reply, Integer.MAX_VALUE));
            case HUGE -> Mono.just(reply.withContent(Json.bytes(reply.tree().put("padding", "x".repeat(1 << 20)))));
            case HTML_MEDIA_TYPE -> Mono.just(reply.with("Content-Type", "text/html"));
            case ENCRYPTION_ONLY -> Mono.just(forEncryption(reply));
            case WITHOUT_ACTIVE -> Mono.just(withoutKeys(reply, 1));
        };
    }

    private static Reply forEncryption(Reply reply) {
        ObjectNode body = reply.tree();
        body.path("keys")
                .values()
                .forEach(key -> ((ObjectNode) key).put("use", "enc").remove("key_ops"));
        return reply.withContent(Json.bytes(body));
    }

    private static Reply withoutKeys(Reply reply, int count) {
        ObjectNode body = reply.tree();
        body.set(
                "keys",
                Json.tree(body.path("keys").values().stream().skip(count).toList()));
        return reply.withContent(Json.bytes(body));
    }
}
