package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.gateways.Gateway;
import dev.sallyport.loadtests.load.LoadGenerator;
import dev.sallyport.loadtests.load.LoadGenerator.Load;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Warms gateways up and measures them in turn. No call is under way between two of its steps. */
final class Measurement {
    private static final Duration STEP = Duration.ofSeconds(2);

    private final LoadGenerator generator;
    private final Provider provider;
    private final Plan plan;

    Measurement(LoadGenerator generator, Provider provider, Plan plan) {
        this.generator = generator;
        this.provider = provider;
        this.plan = plan;
    }

    /** By calls and not by time: compilers go by calls, and a busy machine makes few of them in a second. */
    void warmUp(Gateway gateway, Progress progress) {
        long calls = 0;
        while (calls < plan.warmUpCalls()) {
            calls += load(gateway, STEP).calls();
            progress.warms(gateway.name(), calls, plan.warmUpCalls());
        }
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
        Load load = load(gateway, Duration.ofSeconds(plan.seconds()));
        double micros = gateway.figures().cpuMicros() - before;
        double upstreamBusy = (provider.cpuMicros() - upstream) * 1e3 / load.nanos();
        return new Sample(micros / load.calls(), load.rate(), load.busy(), upstreamBusy);
    }

    /** Calls for some time, with replies that are good for as long. */
    Load load(Gateway gateway, Duration time) {
        try {
            return generator.run(gateway.port(), plan.connections(), time, provider.freshReplies());
        } catch (MeasurementFailed failed) {
            throw new MeasurementFailed(gateway.name() + ": " + failed.getMessage());
        }
    }
}
