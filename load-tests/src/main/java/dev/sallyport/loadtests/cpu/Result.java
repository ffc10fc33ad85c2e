package dev.sallyport.loadtests.cpu;

import dev.sallyport.loadtests.process.Machine;
import dev.sallyport.loadtests.stats.Spread;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A measurement as a machine reads it.
 *
 * @param loadAfter processes that wanted to run during the last minute of it, its own among them
 * @param doubts why the figures say little
 */
record Result(Setting setting, double loadAfter, Map<String, Figures> gateways, List<String> doubts) {
    /**
     * One gateway.
     *
     * @param microsPerCall CPU time
     * @param toBare the same divided by plain Spring Cloud Gateway's, round by round
     * @param rounds what was seen in each
     */
    record Figures(Spread microsPerCall, Spread toBare, List<Sample> rounds) {}

    static Result of(Setting setting, Rounds rounds, List<String> doubts) {
        Map<String, Figures> gateways = new LinkedHashMap<>();
        rounds.samples()
                .forEach((name, samples) -> gateways.put(
                        name,
                        new Figures(
                                rounds.spread(name, Sample::microsPerCall), rounds.ratio(name, Report.BARE), samples)));
        return new Result(setting, Machine.loadAverage(), gateways, doubts);
    }

    void write(Path file) {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file, this);
    }
}
