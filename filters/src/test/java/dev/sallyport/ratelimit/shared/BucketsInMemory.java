package dev.sallyport.ratelimit.shared;

import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import dev.sallyport.store.StoreFailure.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A store as gateways see it, by a clock of the test: does what the script does, or fails as it is told to. */
final class BucketsInMemory implements SharedStore {
    private final LongSupplier micros;
    private final Map<String, double[]> buckets = new HashMap<>();

    @Nullable
    Fault fault;

    /** What it answers in place of the truth, which it does nevertheless. */
    @Nullable
    List<Object> nonsense;

    int asked;

    BucketsInMemory(LongSupplier micros) {
        this.micros = micros;
    }

    @Override
    public Mono<ScriptResult> run(
            Script script, List<byte[]> keys, List<byte[]> arguments, Consumer<ScriptResult> late) {
        return Mono.defer(() -> {
            asked++;
            if (fault == Fault.TIMED_OUT) {
                late.accept(answer(keys, arguments));
            }
            if (fault != null) {
                return Mono.error(new StoreFailure(fault, null));
            }
            ScriptResult truth = answer(keys, arguments);
            return Mono.just(nonsense == null ? truth : new ScriptResult(nonsense));
        });
    }

    /** What is in a bucket; of the only one that there is. */
    double left() {
        return buckets.values().iterator().next()[0];
    }

    /** What is in all of them. */
    synchronized double total() {
        return buckets.values().stream().mapToDouble(bucket -> bucket[0]).sum();
    }

    private synchronized ScriptResult answer(List<byte[]> keys, List<byte[]> arguments) {
        double now = micros.getAsLong();
        List<double[]> asked = new ArrayList<>();
        boolean refused = false;
        for (int index = 0; index < keys.size(); index++) {
            double[] numbers = new double[6];
            for (int at = 0; at < 6; at++) {
                numbers[at] = Double.parseDouble(new String(arguments.get(index * 6 + at), StandardCharsets.UTF_8));
            }
            double[] bucket = buckets.computeIfAbsent(
                    new String(keys.get(index), StandardCharsets.UTF_8), fresh -> new double[] {numbers[2], now});
            double flown = (now - bucket[1]) * numbers[0] / numbers[1];
            bucket[0] = Math.min(numbers[2], Math.min(numbers[2], bucket[0] + flown) + numbers[5]);
            bucket[1] = now;
            refused |= bucket[0] < numbers[3];
            asked.add(numbers);
        }
        List<Object> answers = new ArrayList<>();
        for (int index = 0; index < keys.size(); index++) {
            double[] numbers = asked.get(index);
            double[] bucket = Objects.requireNonNull(buckets.get(new String(keys.get(index), StandardCharsets.UTF_8)));
            double rate = numbers[0] / numbers[1];
            long taken =
                    refused ? 0 : (long) (numbers[3] + Math.min(numbers[4], Math.floor((bucket[0] - numbers[3]) / 2)));
            bucket[0] -= taken;
            answers.add(taken);
            answers.add((long) bucket[0]);
            answers.add(refused ? Math.max(0, (long) Math.ceil((numbers[3] - bucket[0]) / rate)) : 0L);
            answers.add((long) Math.ceil((numbers[2] - bucket[0]) / rate));
        }
        return new ScriptResult(answers);
    }
}
