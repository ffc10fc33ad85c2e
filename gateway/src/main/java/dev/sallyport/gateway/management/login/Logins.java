package dev.sallyport.gateway.management.login;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.caller.FailedCalls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Signs browsers in and out. Reads the file of tokens, so not for event loops. Thread-safe. */
public final class Logins {
    private static final String COOKIE = "sallyport-console";
    private static final String PATH = "/console";

    /** A refusal that waits holds a connection. */
    private static final int MOST_WAITING = 16;

    private final Optional<BearerTokens> tokens;
    private final LoginSessions sessions;
    private final FailedCalls failures = new FailedCalls(Ticker.systemTicker());
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Sessions of the console.
     *
     * @param tokens of which one is asked for; empty: a client's certificate is
     */
    public Logins(Optional<BearerTokens> tokens, InstantSource clock) {
        this.tokens = tokens;
        this.sessions = new LoginSessions(clock);
    }

    /** A browser that has just signed in, with the cookie that it is given. */
    public record SignedIn(LoginSession session, ResponseCookie cookie) {
        @Override
        public String toString() {
            return session.toString();
        }
    }

    /** Whether a token is asked for; otherwise the certificate of the connection is. */
    public boolean asksForToken() {
        return tokens.isPresent();
    }

    /** The subject of the certificate that a browser may sign in with; empty if it showed none. */
    public Optional<String> certificate(ServerHttpRequest request) {
        return ClientCertificate.of(request).map(ClientCertificate::subject);
    }

    /** The session that a request belongs to; empty if there is none, or what it began with does not hold any more. */
    public Optional<LoginSession> session(ServerHttpRequest request) {
        @Nullable ClientCertificate shown = ClientCertificate.of(request).orElse(null);
        return cookie(request)
                .flatMap(sessions::of)
                .filter(session -> session.proof().holds(tokens, shown));
    }

    /** Begins a session, in place of the one that the browser had; empty if the token is none, or there is no certificate. */
    public Optional<SignedIn> signIn(ServerHttpRequest request, String token) {
        @Nullable ClientCertificate shown = ClientCertificate.of(request).orElse(null);
        Optional<Proof> proof = tokens.isPresent()
                ? tokens.get().named(token).map(named -> Proof.of(named, shown))
                : Optional.ofNullable(shown).map(Proof::of);
        return proof.map(good -> {
            cookie(request).ifPresent(sessions::end);
            LoginSessions.Begun begun = sessions.begin(good);
            return new SignedIn(begun.session(), cookie(request, begun.cookie(), LoginSessions.LONGEST));
        });
    }

    /** Ends the session of a request; gives what takes the cookie away. */
    public ResponseCookie signOut(ServerHttpRequest request) {
        cookie(request).ifPresent(sessions::end);
        return cookie(request, "", Duration.ZERO);
    }

    /** Whether so many refusals wait already that another one is told at once. */
    public boolean isBusy() {
        return waiting.get() >= MOST_WAITING;
    }

    /** How long the refusal of one more failed attempt is to wait; {@link #waited} ends that. */
    public Duration failed(ServerHttpRequest request) {
        waiting.incrementAndGet();
        @Nullable InetSocketAddress address = request.getRemoteAddress();
        return failures.failed(
                address == null || address.getAddress() == null
                        ? ""
                        : address.getAddress().getHostAddress());
    }

    /** A refusal waits no more. */
    public void waited() {
        waiting.decrementAndGet();
    }

    private static Optional<String> cookie(ServerHttpRequest request) {
        return Optional.ofNullable(request.getCookies().getFirst(COOKIE)).map(HttpCookie::getValue);
    }

    private static ResponseCookie cookie(ServerHttpRequest request, String value, Duration age) {
        return ResponseCookie.from(COOKIE, value)
                .path(PATH)
                .maxAge(age)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.getSslInfo() != null)
                .build();
    }
}
