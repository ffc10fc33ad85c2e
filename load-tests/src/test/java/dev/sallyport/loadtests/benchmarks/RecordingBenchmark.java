package dev.sallyport.loadtests.benchmarks;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.gateway.management.meters.CallMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to count a call that was answered, and to time it, its provider and both doors. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class RecordingBenchmark {
    private final CallMeters meters = new CallMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    private final Reply answer =
            new Answer(200, Headers.NONE, new byte[0], new Timing(100_000, 2_000_000), Document.NONE);
    private final Call call = Call.of(
            PackBody.OPERATION,
            new RequestLine("POST", "/v1/b2b/sessions/exchange"),
            Headers.NONE,
            new byte[0],
            new Caller(SignedToken.PROJECT, "127.0.0.1", Deadline.in(Duration.ofSeconds(10))));

    /** As for each call that the provider answered. */
    @Benchmark
    public void answered() {
        meters.begun(call);
        meters.answered(call, answer, 1, 2_300_000);
    }
}
