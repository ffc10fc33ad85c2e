package dev.sallyport.starter.route;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.provider.ProviderFailures;
import dev.sallyport.rejection.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.http.HttpStatusCode;
import reactor.core.publisher.Mono;

/**
 * The provider, as a route leads to it: through the filters that stand behind ours, its load balancer and its {@code uri}. Every
 * attempt goes that way from its beginning.
 */
public final class RouteUpstream implements Upstream<ReadCall> {
    private final Operation operation;
    private final ReplyReading reading;
    private final int replyLimit;
    private final ProviderFailures failures;
    private final NettyWriteResponseFilter writing;

    /**
     * The operation of a contract.
     *
     * @param reading reads replies
     * @param replyLimit bytes of a reply's body
     * @param writing Spring Cloud Gateway's own, which stands in front of ours on a route, and here writes the provider's reply to
     *     where it is checked
     */
    public RouteUpstream(Contract contract, ReplyReading reading, int replyLimit, NettyWriteResponseFilter writing) {
        this.operation = contract.operation();
        this.reading = reading;
        this.replyLimit = replyLimit;
        this.failures = new ProviderFailures(operation.id(), replyLimit);
        this.writing = writing;
    }

    @Override
    public Mono<Reply> send(ReadCall call) {
        return Mono.deferContextual(context -> attempted(call, Forwarding.in(context)));
    }

    private Mono<Reply> attempted(ReadCall call, Forwarding forwarding) {
        var request = new CheckedRequest(forwarding.exchange().getRequest(), call.call(), operation.hasBody());
        var response = new AnswerInMemory(replyLimit);
        var attempt = new Attempt(forwarding.exchange(), request, response);
        return writing.filter(attempt, forwarding.chain())
                .then(Mono.fromSupplier(() -> answer(request, response)))
                .onErrorResume(failure -> failed(failure, request))
                .doFinally(end -> attempt.end());
    }

    /** Whatever a filter of the route's wrote by itself is held to the contract like what came from the provider. */
    private Reply answer(CheckedRequest request, AnswerInMemory response) {
        @Nullable HttpStatusCode status = response.getStatusCode();
        return reading.read(
                status == null ? 200 : status.value(),
                new SpringHeaders(response.getHeaders()),
                response.body(),
                timing(request));
    }

    private Mono<Reply> failed(Throwable failure, CheckedRequest request) {
        boolean mayHaveLeft = request.asked() != 0;
        @Nullable Rejection rejection = failures.rejection(RouteFailures.ofExchange(failure), mayHaveLeft);
        return rejection == null
                ? Mono.error(failure)
                : Mono.just(new Refusal(rejection.because(failure), mayHaveLeft ? timing(request) : Timing.NONE));
    }

    private static Timing timing(CheckedRequest request) {
        long now = System.nanoTime();
        return new Timing(request.asked() == 0 ? now : request.asked(), now);
    }

    @Override
    public String toString() {
        return "route(" + operation.method() + " " + operation.path() + ")";
    }
}
