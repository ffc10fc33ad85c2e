package dev.sallyport.gateway.management.port;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Answers on the management port what must not reach an endpoint: unknown hosts, pages of other sites, requests without a token
 * where one is asked for, methods without a use, paths that are not plain.
 */
final class ManagementGuard implements WebFilter {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");
    /** What asks for these has no token to show, and learns that the gateway runs, and may be called. */
    private static final Set<String> PROBES = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    private final HostNames hosts;
    private final Optional<BearerTokens> tokens;
    private final MeterRegistry registry;

    /**
     * A guard.
     *
     * @param tokens of which a request must show one; empty: none is asked for
     */
    ManagementGuard(HostNames hosts, Optional<BearerTokens> tokens, MeterRegistry registry) {
        this.hosts = hosts;
        this.tokens = tokens;
        this.registry = registry;
        for (Refusal why : Refusal.values()) {
            counter(why);
        }
    }

    private enum Refusal {
        HOST(
                HttpStatus.MISDIRECTED_REQUEST,
                "The management port does not answer to this host. Names that it may be called by are listed under"
                        + " sallyport.management.hosts."),
        CROSS_SITE(HttpStatus.FORBIDDEN, "The management port takes no request of another site's page."),
        PATH(HttpStatus.NOT_FOUND, "There is nothing here."),
        METHOD(HttpStatus.METHOD_NOT_ALLOWED, "This method is not served here."),
        TOKEN(HttpStatus.UNAUTHORIZED, "The management port asks for a bearer token.");

        private final HttpStatus status;
        private final String words;

        Refusal(HttpStatus status, String words) {
            this.status = status;
            this.words = words;
        }
    }

    private Counter counter(Refusal why) {
        return Counter.builder("sallyport.management.refusals")
                .description("Requests that the management port refused, by why")
                .tags("why", why.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        @Nullable Refusal refusal = refusal(request);
        if (refusal != null) {
            return refuse(refusal, exchange.getResponse());
        }
        return tokens.filter(asked -> !isProbe(request))
                .map(asked -> admitted(asked, request)
                        .flatMap(in -> in ? chain.filter(exchange) : refuse(Refusal.TOKEN, exchange.getResponse())))
                .orElseGet(() -> chain.filter(exchange));
    }

    private @Nullable Refusal refusal(ServerHttpRequest request) {
        @Nullable String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (host != null && !hosts.admits(host)) {
            return Refusal.HOST;
        }
        if (CrossSite.is(request)) {
            return Refusal.CROSS_SITE;
        }
        if (!PLAIN_PATH.matcher(request.getURI().getRawPath()).matches()) {
            return Refusal.PATH;
        }
        return METHODS.contains(request.getMethod()) ? null : Refusal.METHOD;
    }

    private static boolean isProbe(ServerHttpRequest request) {
        return !request.getMethod().equals(HttpMethod.POST)
                && PROBES.contains(request.getURI().getRawPath());
    }

    private static Mono<Boolean> admitted(BearerTokens tokens, ServerHttpRequest request) {
        @Nullable String shown = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return shown == null
                ? Mono.just(false)
                : Mono.fromCallable(() -> tokens.admit(shown)).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> refuse(Refusal refusal, ServerHttpResponse response) {
        counter(refusal).increment();
        byte[] words = (refusal.words + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(refusal.status);
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_PLAIN);
        headers.setContentLength(words.length);
        headers.setCacheControl("no-store");
        if (refusal == Refusal.METHOD) {
            headers.setAllow(METHODS);
        }
        if (refusal == Refusal.TOKEN) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(words)));
    }
}
