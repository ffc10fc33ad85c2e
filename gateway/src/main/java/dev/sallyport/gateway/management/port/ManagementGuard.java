package dev.sallyport.gateway.management.port;

import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.management.login.BearerTokens;
import dev.sallyport.gateway.management.login.Logins;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelException;
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
 * or a session of the console where one is asked for, methods without a use, paths that are not plain.
 */
final class ManagementGuard implements WebFilter {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    /** Without groups: the matcher would descend by a step of the path each, and a long path would exhaust the stack. */
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9._~/-]*+");
    /** What asks for these has no token to show, and learns that the gateway runs, and may be called. */
    private static final Set<String> PROBES = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

    private static final String CONSOLE = "/console";
    private static final String SIGN_IN = CONSOLE + "/login";
    private static final String ASSETS = CONSOLE + "/assets/";

    private final HostNames hosts;
    private final Optional<BearerTokens> tokens;
    private final Optional<Logins> logins;
    private final MeterRegistry registry;

    /**
     * A guard.
     *
     * @param tokens of which a request must show one; empty: none is asked for
     * @param logins sessions of browsers, which see the console without one; empty if there are none
     */
    ManagementGuard(HostNames hosts, Optional<BearerTokens> tokens, Optional<Logins> logins, MeterRegistry registry) {
        this.hosts = hosts;
        this.tokens = tokens;
        this.logins = logins;
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
        return refused(registry, why.name().toLowerCase(Locale.ROOT));
    }

    /** What the port refused. */
    static Counter refused(MeterRegistry registry, String why) {
        return Counter.builder("sallyport.management.refusals")
                .description("Requests and connections that the management port refused, by why")
                .tags("why", why)
                .register(registry);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        @Nullable Refusal refusal = refusal(request);
        if (refusal != null) {
            return refuse(refusal, exchange.getResponse());
        }
        return tokens.filter(asked -> !isProbe(request) && !isSignIn(request))
                .map(asked -> admitted(asked, request)
                        .flatMap(in -> in ? passed(exchange, chain) : turnedAway(request, exchange.getResponse())))
                .orElseGet(() -> passed(exchange, chain));
    }

    /** Nothing leads on from here: a connection that fails is the caller's own, such as one whose body does not come. */
    private static Mono<Void> passed(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorMap(ChannelException.class, late -> new BodyTooSlow());
    }

    private @Nullable Refusal refusal(ServerHttpRequest request) {
        @Nullable String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (host != null && !hosts.admits(host)) {
            return Refusal.HOST;
        }
        if (CrossSite.is(request)) {
            return Refusal.CROSS_SITE;
        }
        if (!isPlain(request.getURI().getRawPath())) {
            return Refusal.PATH;
        }
        return METHODS.contains(request.getMethod()) ? null : Refusal.METHOD;
    }

    private static boolean isPlain(String path) {
        return path.isEmpty() || (PLAIN_PATH.matcher(path).matches() && !path.contains("//") && !path.contains("/."));
    }

    private static boolean isProbe(ServerHttpRequest request) {
        return !request.getMethod().equals(HttpMethod.POST)
                && PROBES.contains(request.getURI().getRawPath());
    }

    /** The page where browsers sign in, and how it looks. */
    private boolean isSignIn(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        return logins.isPresent() && (path.equals(SIGN_IN) || path.startsWith(ASSETS));
    }

    private Mono<Boolean> admitted(BearerTokens tokens, ServerHttpRequest request) {
        @Nullable String shown = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        Optional<Logins> browsers = logins.filter(login -> isConsole(request));
        if (shown == null && browsers.isEmpty()) {
            return Mono.just(false);
        }
        return Mono.fromCallable(() -> shown == null
                        ? browsers.flatMap(login -> login.session(request)).isPresent()
                        : tokens.admit(shown))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static boolean isConsole(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
    }

    /** A browser is shown where to sign in; a part of a page has the whole page go there. */
    private Mono<Void> turnedAway(ServerHttpRequest request, ServerHttpResponse response) {
        HttpHeaders headers = request.getHeaders();
        if (logins.isEmpty() || !isConsole(request)) {
            return refuse(Refusal.TOKEN, response);
        }
        if (headers.containsHeader("HX-Request")) {
            response.getHeaders().set("HX-Redirect", SIGN_IN);
            return refuse(Refusal.TOKEN, response);
        }
        String wanted = String.valueOf(headers.getFirst(HttpHeaders.ACCEPT));
        if (!wanted.contains(MediaType.TEXT_HTML_VALUE)) {
            return refuse(Refusal.TOKEN, response);
        }
        response.setStatusCode(HttpStatus.SEE_OTHER);
        response.getHeaders().set(HttpHeaders.LOCATION, SIGN_IN);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setContentLength(0);
        return response.setComplete();
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
