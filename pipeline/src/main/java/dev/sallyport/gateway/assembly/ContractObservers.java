package dev.sallyport.gateway.assembly;

import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.watch.ContractLedger;
import dev.sallyport.contract.watch.ContractWatches;
import java.time.Clock;

/**
 * Who hears of contracts and who watches them; the same over every reload.
 *
 * @param events tells all who listen
 * @param ledger what operators read
 * @param watches safety catches and drift
 */
public record ContractObservers(ContractEvents events, ContractLedger ledger, ContractWatches watches) {
    /** A ledger and watches beside another listener. */
    public static ContractObservers beside(ContractEvents listener) {
        var ledger = new ContractLedger(Clock.systemUTC());
        ContractEvents events = ContractEvents.both(listener, ledger);
        return new ContractObservers(events, ledger, new ContractWatches(events, System::nanoTime, Clock.systemUTC()));
    }
}
