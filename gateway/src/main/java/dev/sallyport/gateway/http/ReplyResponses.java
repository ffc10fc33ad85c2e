package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.log.RefusedCall;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes replies where a response is Spring's. */
public final class ReplyResponses {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final RefusalWriter refusals;

    ReplyResponses(RefusalWriter refusals) {
        this.refusals = refusals;
    }

    /** The rendered rejection, and nothing of what was put into the response before but whether its connection ends. */
    public Mono<Void> write(Refusal refusal, RefusedCall call, ServingSnapshot met, ServerHttpResponse response) {
        byte[] body = refusals.body(refusal, call, met);
        HttpHeaders fields = response.getHeaders();
        List<String> connection = fields.getConnection();
        fields.clear();
        if (!connection.isEmpty()) {
            fields.setConnection(connection);
        }
        response.setRawStatusCode(refusal.rejection().reason().status());
        refusals.headers(refusal.rejection(), call.headers(), body.length)
                .forEach(line -> fields.add(line.getKey(), line.getValue()));
        refusal.fields().forEach(fields::set);
        return whole(body, response);
    }

    /** An answer whose fields may all go back. */
    public Mono<Void> write(Answer answer, ServerHttpResponse response) {
        response.setRawStatusCode(answer.status());
        Headers fields = answer.headers();
        fields.forEach((name, value) -> response.getHeaders().add(name, value));
        if (answer.status() == NO_CONTENT || answer.status() == NOT_MODIFIED) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(answer.body().length);
        return whole(answer.body(), response);
    }

    private static Mono<Void> whole(byte[] body, ServerHttpResponse response) {
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
