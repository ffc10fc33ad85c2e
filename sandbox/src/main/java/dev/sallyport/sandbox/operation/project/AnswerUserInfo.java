package dev.sallyport.sandbox.operation.project;

import dev.sallyport.sandbox.issuer.ForeignSession;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /issuer/userinfo}: says whose the bearer token is, or fails in the way that the token asks for. */
public final class AnswerUserInfo implements Operation {
    @Override
    public Mono<Reply> answer(Call call) {
        return bearer(call)
                .flatMap(ForeignSession::bearing)
                .map(AnswerUserInfo::outcome)
                .orElseGet(() -> Mono.just(Reply.json(401, Json.object().put("error", "invalid_token"))
                        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"")));
    }

    private static Optional<String> bearer(Call call) {
        return Optional.ofNullable(call.headers().get(HttpHeaderNames.AUTHORIZATION))
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring("Bearer ".length()));
    }

    private static Mono<Reply> outcome(ForeignSession session) {
        return switch (session) {
            case ADA -> claims(person("ada").put("email", "ada@example.com").put("email_verified", true));
            case STRANGER -> claims(person("mallory").put("email", "mallory@example.net"));
            case NO_EMAIL -> claims(person("ada"));
            case INVALID_EMAIL -> claims(person("ada").put("email", "ada at example"));
            case DOWN -> Mono.just(Reply.text(503, "text/plain", "down for maintenance"));
            case GARBAGE -> Mono.just(Reply.text(200, "text/html", "<html><body>Welcome!</body></html>"));
            case SLOW -> Mono.never();
        };
    }

    private static ObjectNode person(String subject) {
        return Json.object().put("sub", subject);
    }

    private static Mono<Reply> claims(ObjectNode claims) {
        return Mono.just(Reply.json(200, claims));
    }
}
