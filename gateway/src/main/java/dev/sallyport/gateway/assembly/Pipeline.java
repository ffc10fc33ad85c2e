package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Stack;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ReplyReading;
import dev.sallyport.gateway.http.Routes;

/** What happens to a call, in order. Read this first. */
final class Pipeline {
    private final Parts parts;

    Pipeline(Parts parts) {
        this.parts = parts;
    }

    /** The routes to the pipelines of all operations. */
    Routes routes(ContractCatalog catalog) {
        return new Routes(catalog.contracts().stream()
                .map(contract -> new Routes.Route(
                        contract.operation(), contract.knowledge().credentials(), of(contract)))
                .toList());
    }

    /** The pipeline of one operation. A feature that is off is not in it. */
    Upstream of(Contract contract) {
        ReplyReading reading = parts.replyReading(contract);
        return Stack.of(parts.provider(contract, reading)) // the outermost first
                .with(parts.observation()) // one outcome per call, whatever happened
                .with(parts.capture(contract)) // the call as it came and what became of it, masked
                .with(parts.deadline()) // one budget of time for everything below
                .with(parts.addressLimits()) // 429, with the time to come back
                .with(parts.projects()) // only those that the operator listed, if any
                .with(parts.requestContract(contract)) // first door: schema and rules
                .with(parts.projectLimits(contract)) // 429, for those who hold the project's secret
                .with(parts.telemetry(contract)) // may add the telemetry id, may refuse the device
                .with(parts.sessionToken(contract)) // second door: signature, claims, bindings
                .with(parts.replyContract(contract, reading)) // second door: schema and rules
                .with(parts.providerReply()) // for the capture: the reply before a filter refuses it
                .with(parts.retry()) // only what never reached the provider
                .with(parts.endToEnd()) // of the provider's header fields, those that go back
                .build();
    }
}
