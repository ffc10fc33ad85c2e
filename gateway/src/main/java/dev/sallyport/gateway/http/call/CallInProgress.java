package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Identification;
import dev.sallyport.call.Phase;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.gateway.body.BodyTooLarge;
import dev.sallyport.gateway.body.CappedBody;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.RequestBody;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.Routes.Match;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * One call, from its head to its answer: its body is read into one array, its pipeline is asked, and the reply is sent. On its
 * connection's event loop, but for a reply that comes on another thread and is handed over. Whatever goes wrong within is a bug
 * that its caller is told of; there is one answer, or the end of the connection. Longer than a file should be: its states share every
 * field, and each of them may be ended by any event of the connection.
 */
final class CallInProgress implements CoreSubscriber<Reply> {
    private static final byte[] NO_BODY = new byte[0];

    private final Calls calls;
    private final AnswerPath back;
    private final ServingSnapshot served;
    private final Match match;
    private final Headers headers;
    private final long start = System.nanoTime();

    private String address = "";
    private CallTrail trail = CallTrail.NONE;
    private @Nullable String project;
    private Deadline deadline = Deadline.NONE;
    private Identification identification = new Identification(null);
    /** Until all of it has come. */
    private @Nullable CappedBody body;

    private @Nullable Future<?> bodyTimer;
    private @Nullable Subscription asked;
    private boolean replied;
    private boolean isOver;

    CallInProgress(Calls calls, AnswerPath back, ServingSnapshot served, Match match) {
        this.calls = calls;
        this.back = back;
        this.served = served;
        this.match = match;
        this.headers = new NettyHeaders(back.request().headers());
    }

    /**
     * Its head came: refuses it, or takes its body.
     *
     * @param end the connection's other end
     */
    @SuppressWarnings("IllegalCatch") // whatever it is, the caller gets an answer
    void begin(OtherEnd end) {
        try {
            identification = new Identification(end.certificate());
            @Nullable Rejection problem = problem(new CallHead(back, headers, match.route()), end.address());
            if (problem == null) {
                takeBody();
            } else {
                answer(new Refusal(problem), true); // where the next request begins is not worth finding out
            }
        } catch (Throwable bug) {
            failed(bug);
        }
    }

    private @Nullable Rejection problem(CallHead head, String ofConnection) {
        @Nullable String located = head.address(calls, ofConnection);
        address = located == null ? "" : located;
        trail = head.traced(CallTrail.of(calls.reports(), served, headers, address, start), address);
        if (located == null) {
            return EdgeRejections.malformed("The request could not be understood.");
        }
        @Nullable Deadline given = head.deadline(start);
        if (given == null) {
            return EdgeRejections.unclearTimeout();
        }
        deadline = given;
        return head.problem(calls, this::methods);
    }

    /** Those of all operations that have this path. */
    private String methods() {
        return served.routes().methods(Routes.path(back.request().uri()));
    }

    /** Also of an operation that takes none, whatever a caller sends along: it is read to its end and forgotten. */
    private void takeBody() {
        try {
            body = calls.bodies().room(headers);
        } catch (BodyTooLarge announced) {
            unread(announced);
            return;
        }
        if (!RequestBody.isNone(headers)) {
            back.askForBody();
        }
    }

    boolean isReading() {
        return body != null;
    }

    /** All that came so far was read: the rest may take what is left of the call's time. */
    void awaitBody() {
        if (bodyTimer == null) {
            long left = deadline.left(System.nanoTime());
            bodyTimer = back.loop().schedule(this::bodyTooSlow, left, TimeUnit.NANOSECONDS);
        }
    }

    private void bodyTooSlow() {
        if (isReading()) {
            refuse(EdgeRejections.bodyTooSlow());
        }
    }

    private void endTimer() {
        if (bodyTimer != null) {
            bodyTimer.cancel(false);
            bodyTimer = null;
        }
    }

    /** More of its body came; the content stays its owner's. */
    @SuppressWarnings("IllegalCatch") // whatever it is, the caller gets an answer
    void read(HttpContent content) {
        CappedBody room = body;
        if (room == null) {
            return;
        }
        try {
            room.append(content.content());
            if (content instanceof LastHttpContent) {
                body = null;
                endTimer();
                send(match.route().operation().hasBody() ? room.whole() : NO_BODY);
            }
        } catch (BodyTooLarge tooLarge) {
            unread(tooLarge);
        } catch (Throwable bug) {
            failed(bug);
        }
    }

    /** The rest of its body will not be read. */
    void unread(Throwable why) {
        refuse(calls.bodies().rejection(why));
    }

    /** It goes no further. */
    void refuse(Rejection why) {
        body = null;
        answer(new Refusal(why), true);
    }

    private void send(byte[] bytes) {
        trail.enter(Phase.FIRST_DOOR);
        match.route().pipeline().send(call(bytes)).subscribe(this);
    }

    private Call call(byte[] bytes) {
        Operation operation = match.route().operation();
        HttpRequest request = back.request();
        String target = operation.query() == Query.IGNORE ? Routes.path(request.uri()) : request.uri();
        Headers endToEnd =
                EndToEnd.ofCaller(headers, served.ours(), match.route().credentials());
        project = served.routes().project(match, headers);
        return Call.of(
                operation.id(),
                new RequestLine(operation.method(), target),
                endToEnd,
                bytes,
                new Caller(project, address, deadline, trail.ofCall(), identification));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        asked = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Reply reply) {
        replied = true;
        onLoop(() -> answer(reply, false));
    }

    @Override
    public void onError(Throwable bug) {
        onLoop(() -> failed(bug));
    }

    @Override
    public void onComplete() {
        if (!replied) {
            onError(new IllegalStateException("the pipeline gave no reply"));
        }
    }

    private void onLoop(Runnable work) {
        if (back.loop().inEventLoop()) {
            work.run();
        } else {
            back.loop().execute(work);
        }
    }

    /** The pipeline turns its own failures into refusals. */
    private void failed(Throwable bug) {
        if (isOver) {
            calls.events().errorDropped(bug);
        } else {
            refuse(EdgeRejections.bug(bug));
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever it is, the caller gets an answer
    private void answer(Reply reply, boolean last) {
        if (isOver) {
            return;
        }
        isOver = true;
        endTimer();
        trail.enter(Phase.WRITE);
        FullHttpResponse whole;
        try {
            whole = written(reply);
        } catch (Throwable bug) {
            answerFailed(bug);
            return;
        }
        back.send(whole, last, ending(reply));
    }

    @SuppressWarnings("IllegalCatch") // whatever it is, the connection does not stay open without an answer
    private void answerFailed(Throwable bug) {
        try {
            Reply refusal = new Refusal(EdgeRejections.bug(bug));
            back.send(written(refusal), true, ending(refusal));
        } catch (Throwable another) {
            calls.events().answerFailed(another);
            back.giveUp();
        }
    }

    private FullHttpResponse written(Reply reply) {
        var version = back.request().protocolVersion();
        FullHttpResponse response = reply instanceof Answer answer
                ? calls.writer().whole(answer, version)
                : calls.writer().whole((Refusal) reply, about(), served, version);
        if (reply instanceof Refusal refusal && refusal.rejection().reason() == Reason.METHOD_NOT_ALLOWED) {
            response.headers().set(HttpHeaderNames.ALLOW, methods());
        }
        trail.tell(response.headers()::set);
        return response;
    }

    private RefusedCall about() {
        return new RefusedCall(kind(), headers, start, trail.ofCall().requestId(), asked != null);
    }

    private CallKind kind() {
        return CallKind.of(match.route().operation().id());
    }

    /** What is to be done when an answer was sent; null if that is nothing. */
    private @Nullable Consumer<Boolean> ending(Reply reply) {
        return trail.isReported() ? isDelivered -> over(new Ending(reply, isDelivered)) : null;
    }

    private void over(Ending ending) {
        trail.over(kind(), project, identification, ending, back.version());
    }

    /** Whose answer it was is not there any more. */
    void callerGone() {
        boolean isAnswered = isOver;
        isOver = true;
        body = null;
        endTimer();
        if (asked != null) {
            asked.cancel();
        } else if (!isAnswered) {
            trail.left(kind());
        }
        if (!isAnswered && trail.isReported()) {
            over(Ending.LEFT);
        }
        back.giveUp();
    }
}
