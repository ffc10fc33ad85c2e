package dev.sallyport.gateway.provider;

import dev.sallyport.call.Call;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.provider.connection.ReplyReader;
import dev.sallyport.gateway.provider.connection.Request;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The provider, for calls that no contract knows: what comes back is taken as it is, if it is well-formed HTTP and not too large. */
public final class OtherCallUpstream implements Upstream<Call> {
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final ProviderEndpoint endpoint;
    private final ProviderSending sending;

    /** Whatever is not of an operation, to one provider. */
    public OtherCallUpstream(ProviderEndpoint endpoint) {
        this.endpoint = endpoint;
        this.sending = new ProviderSending(
                endpoint,
                new Unread(),
                new ProviderFailures("other", endpoint.replyLimit()),
                new RequestSpans(endpoint.target(), null));
    }

    @Override
    public Mono<Reply> send(Call call) {
        return sending.send(() -> request(call), call);
    }

    private Request request(Call call) {
        HttpMethod method = HttpMethod.valueOf(call.method());
        boolean hasBody = call.body().length > 0 || WITH_BODY.contains(method);
        Request request = hasBody
                ? Request.of(endpoint.target(), method, call.target(), call.body())
                : Request.of(endpoint.target(), method, call.target());
        HttpHeaders headers = request.headers();
        headers.remove(HttpHeaderNames.CONTENT_TYPE);
        call.headers().forEach(headers::add);
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        return request;
    }

    /** Nothing is read of such a reply. */
    private record Unread() implements ReplyReader<Answer> {
        @Override
        public Answer ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing) {
            Headers fields = new NettyHeaders(headers);
            return new Answer(status, fields, body, timing, Document.NONE);
        }

        @Override
        public boolean isInDoubt(Answer answer) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "provider(as the route says)";
    }
}
