package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.fault.Faults;
import dev.sallyport.sandbox.fault.JwksFault;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Fields;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.key.KeyRing;
import dev.sallyport.sandbox.session.key.KeyRings;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The way of one request: read, recorded, matched, admitted, answered, spoiled if asked for, written. */
public final class Frontdoor implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private static final Logger LOG = LoggerFactory.getLogger(Frontdoor.class);

    private final Routes routes;
    private final Admission admission;
    private final RequestLog log;
    private final KeyRings keys;
    private final Settings settings;

    /** What the way of a request depends on beside the routes; the fault of the keys may change at any time. */
    public record Settings(boolean faults, Workers workers, Supplier<JwksFault> jwksFault) {}

    public Frontdoor(Routes routes, SandboxContext context, RequestLog log, Settings settings) {
        this.routes = routes;
        this.admission = new Admission(context.directory());
        this.log = log;
        this.keys = context.keys();
        this.settings = settings;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        String path = request.fullPath();
        Area area = Area.of(path);
        log.arrived(area);
        return RequestBody.read(request)
                .doOnNext(body -> log.completed(area, request, body))
                .flatMap(body -> answered(request, area, path, body))
                .onErrorResume(failure -> Mono.just(new Answer(refused(failure, path), Faults.NONE)))
                .flatMap(answer -> Mono.from(ReplyWriter.write(
                        response, answer.reply(), answer.faults().onTheWire().orElse(null))));
    }

    private record Answer(Reply reply, Faults faults) {}

    private Mono<Answer> answered(HttpServerRequest request, Area area, String path, byte[] body) {
        return switch (area) {
            case OURS -> handled(request, path, body).map(reply -> new Answer(reply, Faults.NONE));
            case KEYS ->
                handled(request, path, body)
                        .flatMap(settings.jwksFault().get()::applyTo)
                        .map(reply -> new Answer(reply, Faults.NONE));
            case PROVIDER -> spoiled(request, path, body);
        };
    }

    private Mono<Answer> spoiled(HttpServerRequest request, String path, byte[] body) {
        Faults faults = settings.faults() ? Faults.in(request.requestHeaders()) : Faults.NONE;
        Mono<Reply> honest = handled(request, path, body).onErrorResume(failure -> Mono.just(refused(failure, path)));
        return settings.workers()
                .carryOut(honest)
                .map(reply -> new Answer(faults.applyTo(reply, keysOfCaller(request, path), keys), faults));
    }

    private Mono<Reply> handled(HttpServerRequest request, String path, byte[] body) {
        return Mono.defer(() -> {
            Routes.Match match = routes.match(request.method().name(), path);
            Route route = match.route();
            @Nullable
            Project caller = route.access().needsCredentials()
                    ? admission.admit(request.requestHeaders(), route.access())
                    : null;
            Fields fields = route.takesJson() ? RequestBody.fields(request.requestHeaders(), body) : Fields.none();
            return route.operation()
                    .answer(new Call(caller, match.path(), query(request), request.requestHeaders(), fields));
        });
    }

    private static Map<String, List<String>> query(HttpServerRequest request) {
        try {
            return new QueryStringDecoder(request.uri()).parameters();
        } catch (IllegalArgumentException malformed) {
            throw Refusal.of(ErrorType.BAD_REQUEST);
        }
    }

    private @Nullable KeyRing keysOfCaller(HttpServerRequest request, String path) {
        try {
            Project caller = admission.admit(request.requestHeaders(), Area.signers(path));
            return keys.of(caller.id());
        } catch (Refusal stranger) {
            return null;
        }
    }

    private static Reply refused(Throwable failure, String path) {
        if (failure instanceof Refusal refusal) {
            return refusal.reply(Area.product(path).docs());
        }
        LOG.error("A bug in the sandbox", failure);
        return Refusal.of(ErrorType.INTERNAL_SERVER_ERROR)
                .reply(Area.product(path).docs());
    }
}
