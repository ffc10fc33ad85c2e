package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.actions.ActionsPage.Visit;
import dev.sallyport.gateway.console.source.ConsoleSources.Done;
import dev.sallyport.gateway.management.console.ActionAudit.Action;
import dev.sallyport.gateway.management.console.ConsoleActions.ModeForm;
import dev.sallyport.gateway.management.login.LoginSession;
import dev.sallyport.gateway.management.login.Logins;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What may be done by those who have signed in, each by a form of their own session. */
final class ActionRoutes {
    static final String PATH = "/console/actions";

    private final Console console;
    private final Logins logins;
    private final ConsoleActions actions;
    private final PageThreads threads;
    private final Forms forms = new Forms(8 * 1024, "No form of this page is so long.");

    ActionRoutes(Console console, Logins logins, ConsoleActions actions, PageThreads threads) {
        this.console = console;
        this.logins = logins;
        this.actions = actions;
        this.threads = threads;
    }

    /** Does something for one who has signed in. */
    private interface Doing {
        Done by(String who, MultiValueMap<String, String> form);
    }

    void add(RouterFunctions.Builder routes) {
        routes.GET(PATH, this::page);
        add(routes, "/reload", Action.RELOAD, (who, form) -> actions.reload(who));
        add(routes, "/mode", Action.MODE, (who, form) -> actions.mode(who, mode(form)));
        add(
                routes,
                "/back",
                Action.MODE_ENDED,
                (who, form) -> actions.back(who, value(form, "operation"), value(form, "door")));
        add(routes, "/keys", Action.KEYS, (who, form) -> actions.keys(who, value(form, "project")));
    }

    private void add(RouterFunctions.Builder routes, String path, Action action, Doing doing) {
        routes.POST(
                PATH + path,
                Forms::isSaid,
                request -> forms.read(request, form -> answered(request, form, action, doing)));
    }

    private Mono<ServerResponse> page(ServerRequest request) {
        String number = request.queryParam("done")
                .filter(text -> text.matches("\\d{1,9}"))
                .orElse("0");
        return threads.made(() -> logins.session(http(request))
                        .map(session ->
                                console.actions(new Visit(session.who(), session.formToken(), Long.parseLong(number)))))
                .flatMap(page -> page.map(ConsoleAnswers::page).orElseGet(() -> seeOther(SignInRoutes.PATH)));
    }

    private Mono<ServerResponse> answered(
            ServerRequest request, MultiValueMap<String, String> form, Action action, Doing doing) {
        return threads.done(() -> done(http(request), form, action, doing)).flatMap(answer -> answer);
    }

    /** Nothing is done before it is known who asks, and that it is by a form of their own. */
    private Mono<ServerResponse> done(
            ServerHttpRequest request, MultiValueMap<String, String> form, Action action, Doing doing) {
        Optional<LoginSession> session = logins.session(request);
        if (session.isEmpty()) {
            var unused = actions.refused(action, "unknown", "not signed in");
            return seeOther(SignInRoutes.PATH);
        }
        String who = session.get().who();
        if (!session.get().isOwnForm(value(form, "form"))) {
            var unused = actions.refused(action, who, "not a form of this session");
            return ConsoleAnswers.notOwnForm();
        }
        return seeOther(PATH + "?done=" + doing.by(who, form).number());
    }

    private static ModeForm mode(MultiValueMap<String, String> form) {
        return new ModeForm(value(form, "operation"), value(form, "door"), value(form, "mode"), value(form, "minutes"));
    }

    private static String value(MultiValueMap<String, String> form, String name) {
        return String.valueOf(form.getFirst(name));
    }

    private static Mono<ServerResponse> seeOther(String path) {
        return ConsoleAnswers.with(HttpStatus.SEE_OTHER, "no-store")
                .header("Location", path)
                .build();
    }

    private static ServerHttpRequest http(ServerRequest request) {
        return request.exchange().getRequest();
    }
}
