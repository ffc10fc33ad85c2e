package dev.sallyport.loadtests.gateways;

import dev.sallyport.loadtests.process.Child;
import dev.sallyport.loadtests.process.ProcessFigures;
import dev.sallyport.loadtests.provider.ExchangeClient;
import java.time.Duration;

/** One program that is measured, in a process of its own. */
public record Gateway(String name, int port, Child process) {
    public ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    /** Returns as soon as it answers a call as it should. */
    public void awaitAnswer(Duration every) {
        var client = new ExchangeClient(port);
        process.await("an answer to an exchange", every, client::isAnswered);
    }
}
