package dev.sallyport.gateway.management.port;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers on the management port what must not reach an endpoint: unknown hosts, methods without a use, paths that are not plain. */
final class ManagementGuard implements WebFilter {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");

    private final HostNames hosts;

    ManagementGuard(HostNames hosts) {
        this.hosts = hosts;
    }

    private record Refusal(HttpStatus status, String words) {}

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return refusal(exchange.getRequest())
                .map(refusal -> write(refusal, exchange.getResponse()))
                .orElseGet(() -> chain.filter(exchange));
    }

    private Optional<Refusal> refusal(ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (host != null && !hosts.admits(host)) {
            return refused(
                    HttpStatus.MISDIRECTED_REQUEST,
                    "The management port does not answer to this host. Names that it may be called by are listed under"
                            + " sallyport.management.hosts.");
        }
        if (!PLAIN_PATH.matcher(request.getURI().getRawPath()).matches()) {
            return refused(HttpStatus.NOT_FOUND, "There is nothing here.");
        }
        boolean isServed = METHODS.contains(request.getMethod()) || CorsUtils.isPreFlightRequest(request);
        return isServed ? Optional.empty() : refused(HttpStatus.METHOD_NOT_ALLOWED, "This method is not served here.");
    }

    private static Optional<Refusal> refused(HttpStatus status, String words) {
        return Optional.of(new Refusal(status, words));
    }

    private static Mono<Void> write(Refusal refusal, ServerHttpResponse response) {
        byte[] words = (refusal.words() + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(refusal.status());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_PLAIN);
        headers.setContentLength(words.length);
        headers.setCacheControl("no-store");
        if (refusal.status() == HttpStatus.METHOD_NOT_ALLOWED) {
            headers.setAllow(METHODS);
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(words)));
    }
}
