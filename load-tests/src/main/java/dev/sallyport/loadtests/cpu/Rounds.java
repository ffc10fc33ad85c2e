package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.stats.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What was seen of every gateway, round by round. */
final class Rounds {
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    /** Of these gateways, which stay in this order. */
    Rounds(List<String> gateways) {
        gateways.forEach(gateway -> samples.put(gateway, new ArrayList<>()));
    }

    void add(String gateway, Sample sample) {
        of(gateway).add(sample);
    }

    Map<String, List<Sample>> samples() {
        return samples;
    }

    Sample last(String gateway) {
        List<Sample> all = of(gateway);
        return all.get(all.size() - 1);
    }

    Spread spread(String gateway, ToDoubleFunction<Sample> figure) {
        return Spread.of(of(gateway).stream().map(figure::applyAsDouble).toList());
    }

    /** A gateway's CPU time divided by another one's, round by round. */
    Spread ratio(String gateway, String to) {
        return Spread.ofRatios(micros(gateway), micros(to));
    }

    /** The most of a figure in any round. */
    double most(ToDoubleFunction<Sample> figure) {
        return samples.values().stream()
                .flatMap(List::stream)
                .mapToDouble(figure)
                .max()
                .orElse(0);
    }

    private double[] micros(String gateway) {
        return of(gateway).stream().mapToDouble(Sample::microsPerCall).toArray();
    }

    private List<Sample> of(String gateway) {
        return Objects.requireNonNull(samples.get(gateway), gateway);
    }
}
