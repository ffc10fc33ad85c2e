package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can go wrong with the lookup of a device. A lookup carries nothing of the call that led to it but the telemetry id, so
 * the id itself asks for the fault, by containing its name between dashes.
 */
public enum LookupFault {
    NONE("The lookup answers as it should."),
    SLOW("The answer comes after two seconds."),
    LIMITED("429 too_many_requests."),
    DOWN("503 server_unavailable."),
    GARBAGE("200 with an HTML page."),
    SWAPPED("The answer is about another telemetry id."),
    STRANGER("The visitor id is not the one that the session's reply names.");

    private static final Duration SLOWNESS = Duration.ofSeconds(2);

    private final String sentence;

    LookupFault(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the fault that a telemetry id asks for. */
    public static LookupFault in(String telemetryId) {
        return Arrays.stream(values())
                .filter(fault -> telemetryId.contains("-" + fault.wireName() + "-"))
                .findFirst()
                .orElse(NONE);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String sentence() {
        return sentence;
    }

    /** Returns what becomes of an answer. */
    public Mono<Reply> applyTo(Reply reply) {
        return switch (this) {
            case NONE -> Mono.just(reply);
            case SLOW -> Mono.just(reply).delayElement(SLOWNESS);
            case LIMITED -> Mono.just(Refusal.of(ErrorType.TOO_MANY_REQUESTS).reply(Product.CONSUMER.docs()));
            case DOWN -> Mono.just(Refusal.of(ErrorType.SERVER_UNAVAILABLE).reply(Product.CONSUMER.docs()));
            case GARBAGE -> Mono.just(Reply.text(200, "text/html", "<html><body>Welcome!</body></html>"));
            case SWAPPED -> Mono.just(spoiled(reply, "", "telemetry_id"));
            case STRANGER -> Mono.just(spoiled(reply, "fingerprints", "visitor_id"));
        };
    }

    private static Reply spoiled(Reply reply, String object, String member) {
        ObjectNode body = reply.tree();
        ObjectNode spoiled = object.isEmpty() ? body : (ObjectNode) body.path(object);
        spoiled.put(member, spoiled.path(member).asString() + "-of-another");
        return reply.withContent(Json.bytes(body));
    }
}
