package dev.sallyport.gateway.provider.connection;

import dev.sallyport.call.Deadline;
import dev.sallyport.call.Phase;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.gateway.body.CappedBody;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One request and what comes of it. Used once. It is somewhere at any time, waiting for a connection, having one made or being
 * carried, and a caller who gives up has it removed from there. All but the giving up happens on one event loop.
 *
 * @param <T> what its reply is read as
 */
public final class Exchange<T> implements Disposable {
    private final Request request;
    private final int cap;
    private final ReplyReader<T> reader;
    private final Deadline deadline;
    private final PhaseClock phases;
    private @Nullable MonoSink<T> sink;
    private @Nullable EventLoop loop;
    private @Nullable Place place;
    private @Nullable SentBytes wire;
    private long sent;
    private boolean over;

    /** Where an exchange is. */
    @FunctionalInterface
    interface Place {
        /** The exchange was given up. */
        void leave(Exchange<?> exchange);
    }

    /**
     * A request, and what its reply is read with. It waits for a connection as long as that takes and its pool lets it.
     *
     * @param cap bytes of the reply's body
     */
    public Exchange(Request request, int cap, ReplyReader<T> reader) {
        this(request, cap, reader, Deadline.NONE, PhaseClock.OFF);
    }

    /**
     * A request, and what its reply is read with.
     *
     * @param cap bytes of the reply's body
     * @param deadline what its waits for a connection are cut to, whether one becomes free or is made
     * @param phases told what it waits for
     */
    public Exchange(Request request, int cap, ReplyReader<T> reader, Deadline deadline, PhaseClock phases) {
        this.request = request;
        this.cap = cap;
        this.reader = reader;
        this.deadline = deadline;
        this.phases = phases;
    }

    /**
     * Whether a byte of the request may have left this process. If not, it is certain that none did: none was taken by the
     * network, and none will be.
     */
    public boolean mayHaveLeft() {
        return wire != null && wire.some();
    }

    /** From when the request left until now; nothing if it did not leave. */
    public Timing timing() {
        return mayHaveLeft() ? new Timing(sent, System.nanoTime()) : Timing.NONE;
    }

    Target target() {
        return request.target();
    }

    /** How long it may wait from now on for a connection, in nanoseconds, if it may at most so long. */
    long patience(long most) {
        return deadline.cut(most, System.nanoTime());
    }

    Request request() {
        return request;
    }

    void begin(MonoSink<T> hears, EventLoop on) {
        phases.enter(Phase.QUEUE);
        sink = hears;
        loop = on;
        hears.onCancel(this);
    }

    void at(Place here) {
        place = here;
    }

    /** A connection is being made for it. */
    void connecting() {
        phases.enter(Phase.CONNECT);
    }

    /** It is about to be written; every byte that leaves from now on is its own. */
    void leaving(SentBytes through) {
        wire = through;
        sent = System.nanoTime();
        phases.enter(Phase.FIRST_BYTE);
    }

    boolean isOver() {
        return over;
    }

    /** Given up, by whichever thread. */
    @Override
    public void dispose() {
        EventLoop on = Objects.requireNonNull(loop, "not begun");
        if (on.inEventLoop()) {
            leave();
        } else {
            Loops.execute(on, this::leave);
        }
    }

    private void leave() {
        @Nullable Place here = place;
        if (!over && here != null) {
            over = true;
            place = null;
            here.leave(this);
        }
        over = true;
    }

    /** Nothing came of it; nothing happens if it is over. */
    void failed(Throwable cause) {
        tell(caller -> caller.error(cause));
    }

    /** What the head alone decides; null if the body is wanted. */
    @Nullable
    T ofHead(HttpResponse head) {
        phases.enter(Phase.BODY);
        return reader.ofHead(head.status().code(), head.headers());
    }

    /** Room for the body that a head announces; throws if it is too large. */
    CappedBody room(HttpHeaders headers) {
        @Nullable String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return CappedBody.upTo(cap, length == null ? -1 : Long.parseLong(length.strip()));
    }

    T ofWhole(HttpResponse head, byte[] body) {
        phases.enter(Phase.SECOND_DOOR);
        return reader.ofWhole(head.status().code(), head.headers(), body, timing());
    }

    boolean isInDoubt(T reply) {
        return reader.isInDoubt(reply);
    }

    /** Hands the reply on; nothing happens if it is over. */
    void answered(T reply) {
        tell(caller -> caller.success(reply));
    }

    /** What is thrown there is none of the connection's or the queue's business: they may be at another exchange by now. */
    private void tell(Consumer<MonoSink<T>> outcome) {
        if (over) {
            return;
        }
        over = true;
        place = null;
        phases.enter(Phase.SECOND_DOOR);
        try {
            outcome.accept(Objects.requireNonNull(sink, "not begun"));
        } catch (Throwable bug) {
            Operators.onErrorDropped(bug, Context.empty());
        }
    }

    @Override
    public String toString() {
        return request.toString();
    }
}
