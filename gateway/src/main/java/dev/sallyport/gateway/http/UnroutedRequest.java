package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Phase;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.CallTrail;
import dev.sallyport.gateway.http.call.SpokenVersion;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.rejection.Rejection;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request that Spring's response answers and no call of an operation, nor of a route for other calls.
 *
 * @param trail by what it is found again
 * @param met what served when it came
 * @param isOfGateway whether it is a call of the gateway's: else a route of the operator's own has it
 */
record UnroutedRequest(CallTrail trail, ServingSnapshot met, Headers headers, boolean isOfGateway) {
    /** Refuses it, and writes its line when the network took that. */
    Mono<Void> refused(Rejection why, ReplyResponses responses, ServerHttpResponse response) {
        var refusal = new Refusal(why);
        var about = trail.refused(CallKind.NONE, headers, !isOfGateway);
        Mono<Void> written = responses.write(refusal, about, met, response);
        if (!isOfGateway) {
            return written;
        }
        trail.enter(Phase.WRITE);
        trail.tell(response.getHeaders()::set);
        HttpServerRequest request = ServerHttpResponseDecorator.getNativeResponse(response);
        return written.doFinally(signal -> trail.over(
                CallKind.NONE, new Ending(refusal, signal == SignalType.ON_COMPLETE), SpokenVersion.of(request)));
    }
}
