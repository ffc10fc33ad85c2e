package dev.sallyport.gateway.provider;

import dev.sallyport.call.Call;
import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Trail;
import dev.sallyport.gateway.provider.ProviderWatch.Failure;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.ReplyReader;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.relay.Relay;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Sends requests to the provider, and gathers each reply with a cap. What fails of an exchange comes back as a refusal. */
final class ProviderSending {
    private final ProviderEndpoint endpoint;
    private final ReplyReader<Answer> reader;
    private final ProviderFailures failures;
    private final RequestSpans spans;

    ProviderSending(
            ProviderEndpoint endpoint, ReplyReader<Answer> reader, ProviderFailures failures, RequestSpans spans) {
        this.endpoint = endpoint;
        this.reader = reader;
        this.failures = failures;
        this.spans = spans;
    }

    Mono<Reply> send(Supplier<Request> request, Call call) {
        CallSpan whole = call.trail().span();
        return whole.isRecorded()
                ? Mono.defer(() -> traced(request, call, whole.attempt(spans.name(call.method()))))
                : Mono.defer(() -> exchanged(named(request.get(), call, whole), call));
    }

    private Mono<Reply> traced(Supplier<Request> request, Call call, CallSpan attempt) {
        spans.describe(attempt, call.method());
        Mono<Reply> sent = Mono.defer(() -> exchanged(named(request.get(), call, attempt), call));
        return RequestSpans.watched(sent, attempt, () -> call.deadline().isOver(System.nanoTime()));
    }

    private Mono<Reply> exchanged(Request request, Call call) {
        return Relay.through(caller -> new Sent(request, call, caller));
    }

    /** With the id that the call has here, for the provider's own log and support, and with its trace. */
    private static Request named(Request request, Call call, CallSpan span) {
        String id = call.trail().requestId();
        if (!id.isEmpty()) {
            request.headers().set(Trail.REQUEST_ID, id);
        }
        return RequestSpans.told(request, span);
    }

    /** One exchange, whose outcome is watched, and whose failure comes back as a refusal. */
    private final class Sent extends Relay {
        private final Call call;
        private final Exchange<Answer> exchange;

        Sent(Request request, Call call, CoreSubscriber<? super Reply> caller) {
            super(caller);
            this.call = call;
            this.exchange = new Exchange<>(
                    request,
                    endpoint.replyLimit(),
                    reader,
                    call.deadline(),
                    call.trail().phases());
        }

        @Override
        protected void begin() {
            endpoint.connections().send(exchange).subscribe(this);
        }

        @Override
        protected Reply replied(Reply reply) {
            endpoint.watch().answered(call.operation(), ((Answer) reply).status());
            return reply;
        }

        /** Its caller left, or its time was over, of which only a fair one says anything of the provider. */
        @Override
        protected void left() {
            if (!call.deadline().isShort() && call.deadline().isOver(System.nanoTime())) {
                endpoint.watch().timedOut(call.operation());
            }
        }

        @Override
        protected @Nullable Reply failed(Throwable failure) {
            @Nullable Rejection rejection = failures.rejection(failure, exchange.mayHaveLeft());
            if (rejection == null) {
                return null;
            }
            if (rejection.reason() != Reason.OVERLOADED && !call.deadline().isCutShort(System.nanoTime())) {
                Failure how =
                        rejection.reason() == Reason.REPLY_BREAKS_CONTRACT ? Failure.BROKEN_REPLY : Failure.UNREACHABLE;
                endpoint.watch().failed(call.operation(), how, failure);
            }
            return new Refusal(rejection.because(failure), exchange.timing());
        }
    }
}
