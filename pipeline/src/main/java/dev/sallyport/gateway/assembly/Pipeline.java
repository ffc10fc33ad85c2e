package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Stack;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.Routes;
import java.util.stream.Collectors;

/** What happens to a call, in order. Read this first. */
final class Pipeline {
    private final FilterFactory filters;
    private final TracedSteps traced;

    Pipeline(FilterFactory filters) {
        this.filters = filters;
        this.traced = filters.traced();
    }

    /** The routes to the pipelines of all operations. */
    Routes routes(ContractCatalog catalog) {
        return new Routes(catalog.contracts().stream()
                .map(contract -> new Routes.Route(
                        contract.operation(),
                        filters.fieldsThatGoOn(contract),
                        filters.longest(contract),
                        of(contract)))
                .toList());
    }

    /** What calls meet that no contract knows, on each of their routes. */
    OtherCalls otherCalls() {
        return new OtherCalls(
                filters.longest(),
                filters.otherRoutes().stream().collect(Collectors.toMap(route -> route, this::onRoute)));
    }

    /** The steps in front of the filters of a route. */
    private Stack<ReadCall> onRoute(String route) {
        return Stack.empty() // the outermost first
                .with(filters.observation(route)) // one outcome per call, whatever happened
                .with(filters.deadline()) // one budget of time for everything below
                .with(filters.addressLimits()) // 429, with the time to come back
                .with(filters.callersOfOthers()) // 401 and 403; from here on by the gateway's own credentials
                .with(filters.projects(false)) // only those that the operator listed, if any
                .with(new UnreadCall()) // nothing of it is read
                .with(filters.organizationsOfOthers()) // 403, for callers who are held to some
                .with(filters.otherCallLimits()); // 429, for those who hold the project's secret
    }

    /** The pipeline of one operation. A feature that is off is not in it. */
    Upstream<Call> of(Contract contract) {
        return around(contract, filters.provider(contract, filters.replyReading(contract))); // gives read replies only
    }

    /** The steps of one operation around what answers in the end. */
    Upstream<Call> around(Contract contract, Upstream<ReadCall> provider) {
        return Stack.empty() // the outermost first
                .with(filters.observation()) // one outcome per call, whatever happened
                .with(filters.capture(contract)) // the call as it came and what became of it, masked
                .with(filters.deadline(contract)) // one budget of time for everything below
                .with(filters.addressLimits()) // 429, with the time to come back
                .with(filters.callers(contract)) // 401 and 403; from here on by the gateway's own credentials
                .with(filters.projects(contract)) // only those that the operator listed, if any
                .with(traced.reading(
                        filters.requestReading(contract))) // the body, or the query, once; from here on a call is read
                .with(filters.audit(contract)) // what became of a session, for an auditor
                .with(traced.inwards(
                        "request contract", filters.requestContract(contract))) // first door: schema and rules
                .with(filters.organizations(contract)) // 403, for callers who are held to some
                .with(filters.callLimits(contract)) // 429, for those who hold the project's secret
                .with(filters.idempotency(contract)) // a call with a key once; again, the first one's answer
                .with(filters.keptReplies(contract)) // what the provider said before, while it says nothing
                .with(filters.providerHolds(contract)) // 429 while the provider limits such calls; replays are none
                .with(traced.telemetry(filters.telemetry(contract))) // may add the telemetry id, may refuse the device
                .with(traced.outwards(
                        "session token", filters.sessionToken(contract))) // second door: signature, claims, bindings
                .with(traced.outwards(
                        "reply contract", filters.replyContract(contract))) // second door: schema and rules
                .with(filters.retry(contract)) // counts attempts; makes another where that does nothing twice
                .with(filters.concurrency(contract)) // as many as the provider can work on; each attempt by itself
                .with(filters.breaker(contract)) // 503 while the provider fails, with the time to come back
                .with(filters.endToEnd()) // of the provider's header fields, those that go back
                .around(provider);
    }
}
