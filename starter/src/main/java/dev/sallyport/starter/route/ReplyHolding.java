package dev.sallyport.starter.route;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes a reply what is written: the very bytes that were checked with the fields that are left of the provider's, or the rendered
 * rejection without a single field of the provider's.
 */
public final class ReplyHolding {
    private final RefusalWriter refusals;
    private final ServingSnapshot served;

    /** Refusals in the words of what is served. */
    public ReplyHolding(RefusalWriter refusals, ServingSnapshot served) {
        this.refusals = refusals;
        this.served = served;
    }

    /** @param methods what a refusal of another method names */
    void hold(Reply reply, ServerWebExchange exchange, RefusedCall about, String methods) {
        HeldReply held = reply instanceof Answer answer ? of(answer) : of((Refusal) reply, about, methods);
        held.holdIn(exchange);
    }

    private static HeldReply of(Answer answer) {
        var headers = new HttpHeaders();
        answer.headers().forEach(headers::add);
        headers.setContentLength(answer.body().length);
        return new HeldReply(answer.status(), headers, answer.body());
    }

    private HeldReply of(Refusal refusal, RefusedCall about, String methods) {
        byte[] body = refusals.body(refusal, about, served);
        var headers = new HttpHeaders();
        for (Map.Entry<String, String> line : refusals.headers(refusal.rejection(), about.headers(), body.length)) {
            headers.add(line.getKey(), line.getValue());
        }
        refusal.fields().forEach(headers::set);
        if (refusal.rejection().reason() == Reason.METHOD_NOT_ALLOWED) {
            headers.set(HttpHeaders.ALLOW, methods);
        }
        return new HeldReply(refusal.rejection().reason().status(), headers, body);
    }
}
