package dev.sallyport.gateway.provider;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.provider.connection.Request;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * The provider, for one operation: sends the very bytes that were checked, and gathers the reply with a cap. Failures come
 * back as refusals; a {@link Timing} that was never set says that nothing left this process.
 */
public final class ProviderUpstream implements Upstream<ReadCall> {
    private final Operation operation;
    private final HttpMethod method;
    private final ProviderEndpoint endpoint;
    private final ProviderSending sending;

    /**
     * The operation of a contract.
     *
     * @param reading reads replies while their connection is held
     */
    public ProviderUpstream(Contract contract, ProviderEndpoint endpoint, ReplyReading reading) {
        this.operation = contract.operation();
        this.method = HttpMethod.valueOf(operation.method());
        this.endpoint = endpoint;
        this.sending = new ProviderSending(
                endpoint,
                new AnswerReader(reading),
                new ProviderFailures(operation.id(), endpoint.replyLimit()),
                RequestSpans.of(endpoint.target(), operation));
    }

    @Override
    public Mono<Reply> send(ReadCall read) {
        Call call = read.call();
        return sending.send(() -> request(call), call);
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
