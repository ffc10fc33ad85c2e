package dev.sallyport.gateway.http.call;

import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.RequestBody;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import io.netty.channel.ChannelHandler;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What takes the calls of all connections of a server. */
public final class Calls {
    private final Supplier<ServingSnapshot> serving;
    private final RequestBody bodies;
    private final ReplyWriter writer;
    private final ConnectionEvents events;
    private final boolean forwarded;
    private final CallReports reports;
    private final Predicate<Operation> tooMuch;

    /**
     * How calls are read and answered.
     *
     * @param bodyLimit in bytes
     * @param reports what is told of calls beside their answers
     * @param forwarded whether a caller has the address that the proxy in front names
     */
    public record Options(int bodyLimit, CallReports reports, boolean forwarded) {}

    /**
     * Takes calls.
     *
     * @param serving what is served now: a call keeps what served when its head came
     * @param events hears of bugs that left a call without an answer
     * @param tooMuch whether the gateway has too much to do for a call of an operation
     */
    public Calls(
            Supplier<ServingSnapshot> serving,
            RefusalWriter refusals,
            ConnectionEvents events,
            Options options,
            Predicate<Operation> tooMuch) {
        this.serving = serving;
        this.bodies = new RequestBody(options.bodyLimit());
        this.writer = new ReplyWriter(refusals);
        this.events = events;
        this.forwarded = options.forwarded();
        this.reports = options.reports();
        this.tooMuch = tooMuch;
    }

    /** For one connection, behind what hands it one request at a time, and in front of Reactor Netty's request handling. */
    public ChannelHandler handler() {
        return new CallHandler(this);
    }

    ServingSnapshot served() {
        return serving.get();
    }

    RequestBody bodies() {
        return bodies;
    }

    ReplyWriter writer() {
        return writer;
    }

    ConnectionEvents events() {
        return events;
    }

    /** What is told of calls beside their answers. */
    public CallReports reports() {
        return reports;
    }

    boolean areTooMany(Operation operation) {
        return tooMuch.test(operation);
    }

    boolean forwarded() {
        return forwarded;
    }
}
