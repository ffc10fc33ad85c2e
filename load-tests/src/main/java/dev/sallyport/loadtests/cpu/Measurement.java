package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.gateways.Gateway;
import dev.sallyport.loadtests.gateways.GatewayLoad;
import dev.sallyport.loadtests.load.LoadGenerator.Load;
import dev.sallyport.loadtests.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures gateways in turn. No call is under way between two of its steps. */
final class Measurement {
    private final GatewayLoad load;
    private final Provider provider;
    private final Plan plan;

    Measurement(GatewayLoad load, Provider provider, Plan plan) {
        this.load = load;
        this.provider = provider;
        this.plan = plan;
    }

    /** One round. Each begins with another gateway, so that none always comes behind the same one. */
    void round(int number, List<Gateway> gateways, Rounds rounds) {
        List<Gateway> order = new ArrayList<>(gateways);
        Collections.rotate(order, -number);
        if (number % 2 == 0) {
            Collections.reverse(order);
        }
        order.forEach(gateway -> rounds.add(gateway.name(), sample(gateway)));
    }

    private Sample sample(Gateway gateway) {
        long upstream = provider.cpuMicros();
        long before = gateway.figures().cpuMicros();
        Load made = load.closed(gateway, Duration.ofSeconds(plan.seconds()));
        double micros = gateway.figures().cpuMicros() - before;
        double upstreamBusy = (provider.cpuMicros() - upstream) * 1e3 / made.nanos();
        return new Sample(micros / made.calls(), made.rate(), made.busy(), upstreamBusy);
    }
}
