package dev.sallyport.gateway.provider;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.connection.Target;
import dev.sallyport.telemetry.lookup.FingerprintFetch;
import dev.sallyport.telemetry.lookup.FingerprintLookup.Question;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import reactor.core.publisher.Mono;

/** Asks the provider's fingerprinting, with nothing of the call but its credentials. */
public final class FingerprintOverHttp implements FingerprintFetch {
    private static final int LARGEST = 256 * 1024;

    private final ConnectionPool connections;
    private final Target target;
    private final HttpMethod method;
    private final String path;
    private final AnswerReader reader;
    private final RequestSpans spans;

    /**
     * A fetcher with a pool of its own.
     *
     * @param baseUrl without a slash at the end
     * @param contract of the lookup
     */
    public FingerprintOverHttp(ConnectionPool connections, URI baseUrl, Contract contract) {
        this.connections = connections;
        this.target = Target.of(baseUrl);
        this.method = HttpMethod.valueOf(contract.operation().method());
        this.path = contract.operation().path();
        this.reader = new AnswerReader(new ReplyReading(contract));
        this.spans = RequestSpans.of(target, contract.operation());
    }

    @Override
    public Mono<Answer> fetch(byte[] body, Question question) {
        CallSpan whole = question.span();
        return whole.isRecorded()
                ? Mono.defer(() -> traced(body, question, whole.request(spans.name(method.name()))))
                : Mono.defer(() -> exchanged(request(body, question, whole)));
    }

    /** Its time is kept by who asks: a lookup that is given up took too long. */
    private Mono<Answer> traced(byte[] body, Question question, CallSpan span) {
        spans.describe(span, method.name());
        return RequestSpans.watched(Mono.defer(() -> exchanged(request(body, question, span))), span, () -> true);
    }

    private Mono<Answer> exchanged(Request request) {
        return connections.send(new Exchange<>(request, LARGEST, reader));
    }

    private Request request(byte[] body, Question question, CallSpan span) {
        Request request = Request.of(target, method, path, body);
        request.headers()
                .set(HttpHeaderNames.AUTHORIZATION, question.authorization())
                .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
                .set(HttpHeaderNames.USER_AGENT, "sallyport");
        return RequestSpans.told(request, span);
    }
}
