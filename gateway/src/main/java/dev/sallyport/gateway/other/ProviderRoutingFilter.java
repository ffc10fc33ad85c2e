package dev.sallyport.gateway.other;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.header.EndToEnd;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Behind the filters of every route. Other calls go on from here, on the connections that all calls have to the provider. What
 * the filters of a route made a contracted path, or might be taken for one, is not sent to the provider, not even by a
 * route of the operator's own: only the contracts lead there. See ADR 37.
 */
public final class ProviderRoutingFilter implements GlobalFilter, Ordered {
    /** Before all that sends requests in Spring Cloud Gateway, websockets among them. */
    private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 10;

    private final ProviderAddress provider;
    private final Upstream<Call> upstream;
    private final int bodyLimit;

    /** Sends other calls; bodies that filters made may have so many bytes. */
    public ProviderRoutingFilter(URI provider, Upstream<Call> upstream, int bodyLimit) {
        this.provider = new ProviderAddress(provider);
        this.upstream = upstream;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        @Nullable
        Call call = OtherCallRoutes.name(exchange) == null ? null : exchange.getAttribute(OtherCallFilter.CALL);
        if (ServerWebExchangeUtils.isAlreadyRouted(exchange)) {
            return chain.filter(exchange);
        }
        URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
        return Mono.deferContextual(context -> {
            ServingSnapshot served = context.get(ServingSnapshot.class);
            boolean leadsAstray = call != null && !isOf(exchange, url);
            if (leadsAstray || (provider.mayBe(url) && !served.routes().isFree(url.getRawPath()))) {
                return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
            }
            return call == null ? chain.filter(own(exchange, url)) : sent(exchange, changed(call, exchange), chain);
        });
    }

    /** A request of the operator's own route; on its way to the provider, nothing in it may name another path. */
    private ServerWebExchange own(ServerWebExchange exchange, URI url) {
        return provider.mayBe(url)
                ? exchange.mutate()
                        .request(request -> request.headers(ProviderRoutingFilter::clear))
                        .build()
                : exchange;
    }

    private static void clear(HttpHeaders headers) {
        headers.headerNames().stream()
                .filter(name -> EndToEnd.OVERRIDES.contains(
                        name.toLowerCase(Locale.ROOT).replace('_', '-')))
                .toList()
                .forEach(headers::remove);
    }

    /** Whether a URL leads to the provider, with the path that the request has by now: none but its own filters changed it. */
    private boolean isOf(ServerWebExchange exchange, URI url) {
        String path = exchange.getRequest().getURI().getRawPath();
        return provider.isExactly(url) && url.getRawPath().equals(path);
    }

    /** The call, as the filters of its route have it by now; its body is still to come. */
    private static Call changed(Call call, ServerWebExchange exchange) {
        URI url = exchange.getRequest().getURI(); // the route's URL may have the query escaped once more
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var line = new RequestLine(exchange.getRequest().getMethod().name(), url.getRawPath() + query);
        var headers = EndToEnd.ofRoute(new SpringHeaders(exchange.getRequest().getHeaders()));
        var caller = new Caller(call.project(), call.address(), call.deadline(), call.trail());
        return Call.of(OtherCalls.OPERATION, line, headers, new byte[0], caller);
    }

    private Mono<Void> sent(ServerWebExchange exchange, Call call, GatewayFilterChain chain) {
        ServerWebExchangeUtils.setAlreadyRouted(exchange);
        return Bodies.whole(exchange.getRequest().getBody(), bodyLimit)
                .flatMap(body -> upstream.send(call.withBody(body)))
                .flatMap(reply -> answered(exchange, reply))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private static Mono<Void> answered(ServerWebExchange exchange, Reply reply) {
        if (reply instanceof Refusal refusal) {
            return Mono.error(new OtherCallRefused(refusal));
        }
        return Mono.deferContextual(context -> {
            Answer answer = (Answer) reply;
            var ours = context.get(ServingSnapshot.class).ours();
            ProviderAnswer.put(exchange, answer, EndToEnd.ofProvider(answer.headers(), ours));
            return Mono.empty();
        });
    }
}
