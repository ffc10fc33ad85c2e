package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.actions.SignInPage;
import dev.sallyport.gateway.console.source.ConsoleSources.Outcome;
import dev.sallyport.gateway.management.console.ActionAudit.Action;
import dev.sallyport.gateway.management.login.LoginSession;
import dev.sallyport.gateway.management.login.Logins;
import dev.sallyport.gateway.management.login.Logins.SignedIn;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Where browsers sign in and out. */
final class SignInRoutes {
    static final String PATH = "/console/login";
    private static final String REFUSED =
            "This is no token of the file. Further attempts are answered later and later.";

    private static final String NONE_SHOWN = "This connection shows no certificate.";

    private final Console console;
    private final Logins logins;
    private final ActionAudit audit;
    private final PageThreads threads;
    private final String after;
    private final Forms forms = new Forms(8 * 1024, "A token has less than 8 KB.");

    /**
     * Sign-in for a console.
     *
     * @param after where a browser that has signed in goes
     */
    SignInRoutes(Console console, Logins logins, ActionAudit audit, PageThreads threads, String after) {
        this.console = console;
        this.logins = logins;
        this.audit = audit;
        this.threads = threads;
        this.after = after;
    }

    void add(RouterFunctions.Builder routes) {
        routes.GET(PATH, request -> threads.made(() -> page(http(request), "")).flatMap(ConsoleAnswers::page))
                .POST(PATH, Forms::isSaid, request -> forms.read(request, form -> signedIn(request, form)))
                .POST(
                        "/console/logout",
                        Forms::isSaid,
                        request -> forms.read(request, form -> signedOut(request, form)));
    }

    private String page(ServerHttpRequest request, String problem) {
        Optional<SignInPage.SignedIn> session = logins.session(request)
                .map(one -> new SignInPage.SignedIn(
                        one.who(),
                        one.formToken(),
                        one.until().truncatedTo(ChronoUnit.SECONDS).toString()));
        return console.signIn(new SignInPage(logins.asksForToken(), logins.certificate(request), session, problem));
    }

    private Mono<ServerResponse> signedIn(ServerRequest request, MultiValueMap<String, String> form) {
        ServerHttpRequest http = http(request);
        return threads.made(() -> attempt(http, String.valueOf(form.getFirst("token"))))
                .flatMap(session ->
                        session.map(good -> seeOther(after, good.cookie())).orElseGet(() -> refused(http)));
    }

    private Optional<SignedIn> attempt(ServerHttpRequest request, String token) {
        Optional<SignedIn> session = logins.signIn(request, token.strip());
        session.map(SignedIn::session)
                .ifPresentOrElse(
                        good -> tell(Action.SIGN_IN, good.who(), new Outcome("Signed in.", false)),
                        () -> tell(Action.SIGN_IN, "unknown", new Outcome("Not let in.", true)));
        return session;
    }

    /** Holds no thread while it waits. Who has a token is not kept out by others who have none. */
    private Mono<ServerResponse> refused(ServerHttpRequest request) {
        if (logins.isBusy()) {
            return ConsoleAnswers.words(HttpStatus.TOO_MANY_REQUESTS, "Too many try to sign in. Try again in a while.");
        }
        return Mono.delay(logins.failed(request))
                .doFinally(end -> logins.waited())
                .flatMap(waited -> threads.made(() -> page(request, logins.asksForToken() ? REFUSED : NONE_SHOWN)))
                .flatMap(html -> ConsoleAnswers.page(HttpStatus.UNAUTHORIZED, html));
    }

    private Mono<ServerResponse> signedOut(ServerRequest request, MultiValueMap<String, String> form) {
        ServerHttpRequest http = http(request);
        return threads.made(() -> out(http, String.valueOf(form.getFirst("form"))))
                .flatMap(cookie -> cookie.map(gone -> seeOther(PATH, gone)).orElseGet(ConsoleAnswers::notOwnForm));
    }

    /** A session that is over already needs no form of its own. */
    private Optional<ResponseCookie> out(ServerHttpRequest request, String sent) {
        Optional<LoginSession> session = logins.session(request);
        if (session.isPresent() && !session.get().isOwnForm(sent)) {
            return Optional.empty();
        }
        session.ifPresent(one -> tell(Action.SIGN_OUT, one.who(), new Outcome("Signed out.", false)));
        return Optional.of(logins.signOut(request));
    }

    private void tell(Action action, String who, Outcome outcome) {
        var unused = audit.done(action, Clock.systemUTC().instant(), who, outcome, Map.of());
    }

    private static Mono<ServerResponse> seeOther(String path, ResponseCookie cookie) {
        return ConsoleAnswers.with(HttpStatus.SEE_OTHER, "no-store")
                .header("Location", path)
                .cookie(cookie)
                .build();
    }

    private static ServerHttpRequest http(ServerRequest request) {
        return request.exchange().getRequest();
    }
}
