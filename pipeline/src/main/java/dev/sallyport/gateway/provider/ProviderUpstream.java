package dev.sallyport.gateway.provider;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The provider, for one operation: sends the very bytes that were checked, and gathers the reply with a cap. Failures come
 * back as refusals; a {@link Timing} that was never set says that nothing left this process.
 */
public final class ProviderUpstream implements Upstream<ReadCall> {
    private final Operation operation;
    private final HttpMethod method;
    private final ProviderEndpoint endpoint;
    private final AnswerReader reader;
    private final ProviderFailures failures;
    private final Supplier<Scheduler> loop;

    /**
     * The operation of a contract.
     *
     * @param reading reads replies while their connection is held
     * @param loop the event loop of the current thread
     */
    public ProviderUpstream(
            Contract contract, ProviderEndpoint endpoint, ReplyReading reading, Supplier<Scheduler> loop) {
        this.operation = contract.operation();
        this.method = HttpMethod.valueOf(operation.method());
        this.endpoint = endpoint;
        this.reader = new AnswerReader(reading);
        this.failures = new ProviderFailures(operation, endpoint.replyLimit());
        this.loop = loop;
    }

    /**
     * A turn of the event loop lies between the call and the connection that it takes: by then, connections on which something
     * arrived that was not asked for are closed.
     */
    @Override
    public Mono<Reply> send(ReadCall read) {
        Call call = read.call();
        return Mono.defer(() -> {
            var exchange = new Exchange<>(request(call), endpoint.replyLimit(), reader, call.deadline());
            return endpoint.connections()
                    .send(exchange)
                    .subscribeOn(loop.get())
                    .<Reply>cast(Reply.class)
                    .onErrorResume(failure -> failed(failure, exchange));
        });
    }

    private Mono<Reply> failed(Throwable failure, Exchange<Answer> exchange) {
        @Nullable Rejection rejection = failures.rejection(failure, exchange);
        return rejection == null
                ? Mono.error(failure)
                : Mono.just(new Refusal(rejection.because(failure), exchange.timing()));
    }

    /** Path and query go on as the caller wrote them. */
    private Request request(Call call) {
        Request request = operation.hasBody()
                ? Request.of(endpoint.target(), method, call.target(), call.body())
                : Request.of(endpoint.target(), method, call.target());
        HttpHeaders headers = request.headers();
        call.headers().forEach(headers::add);
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        return request;
    }

    @Override
    public String toString() {
        return "provider(" + operation.method() + " " + operation.path() + ")";
    }
}
