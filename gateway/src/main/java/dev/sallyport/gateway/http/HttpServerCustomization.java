package dev.sallyport.gateway.http;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.http.call.Calls;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import dev.sallyport.gateway.log.WrittenRefusal;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.HttpHandler;

/** The parts of the edge, for the assembly: they share one way of writing refusals. */
public final class HttpServerCustomization {
    private final RequestSettings settings;
    private final Supplier<ServingSnapshot> serving;
    private final RefusalWriter refusals;
    private final CallReports reports;
    private final ConnectionEvents connections;

    /**
     * An edge.
     *
     * @param serving what is served now
     * @param refused hears of every refusal that is written, wherever it was decided
     * @param connections hears what happens to connections
     * @param reports what is told of calls beside their answers
     */
    public HttpServerCustomization(
            RequestSettings settings,
            Supplier<ServingSnapshot> serving,
            Consumer<WrittenRefusal> refused,
            ConnectionEvents connections,
            CallReports reports) {
        this.settings = settings;
        this.serving = serving;
        this.refusals = new RefusalWriter(refused);
        this.connections = connections;
        this.reports = reports;
    }

    /**
     * What the gateway is given: requests that are no calls of what is served at their time.
     *
     * @param answersPreflights whether the gateway is told of any origin whose pages may call
     */
    public HttpHandler handler(HttpHandler gateway, boolean answersPreflights) {
        return new OtherRequests(serving, responses(), reports, answersPreflights, gateway);
    }

    /**
     * Bounds and guard of the server, and the calls.
     *
     * @param forwarded whether a caller has the address that the proxy in front names
     * @param tooMuch whether the gateway has too much to do for a call of an operation
     */
    public ServerLimits limits(boolean forwarded, Predicate<Operation> tooMuch) {
        int bodyLimit = (int) settings.bodyLimit().bytes();
        var calls =
                new Calls(serving, refusals, connections, new Calls.Options(bodyLimit, reports, forwarded), tooMuch);
        return new ServerLimits(settings, refusals, serving, connections, calls);
    }

    /** What writes replies into responses of Spring's. */
    public ReplyResponses responses() {
        return new ReplyResponses(refusals);
    }

    /** Errors outside the known operations. */
    public ErrorsAsRejections errors() {
        return new ErrorsAsRejections(responses(), serving, connections);
    }
}
