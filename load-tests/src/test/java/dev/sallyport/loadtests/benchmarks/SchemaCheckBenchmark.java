package dev.sallyport.loadtests.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a body and to hold it against its schema: our one pass over the tokens, beside two libraries, each on
 * a tree of the Jackson that it takes. All three start from the bytes and end with a verdict.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class SchemaCheckBenchmark {
    /** Which body of an exchange. */
    @Param({"request", "reply"})
    public String body = "";

    private byte[] bytes = {};
    private Verdict onePass = ignored -> false;
    private Verdict networknt = ignored -> false;
    private Verdict harrel = ignored -> false;

    /** Compiles the schema with each, and sees that all accept the body and refuse a broken one. */
    @Setup
    public void compile() {
        bytes = PackBody.typical(body);
        onePass = Verdict.onePass(body);
        networknt = Verdict.networknt(body);
        harrel = Verdict.harrel(body);
        for (Verdict verdict : new Verdict[] {onePass, networknt, harrel}) {
            if (!verdict.accepts(bytes) || verdict.accepts(PackBody.broken(body))) {
                throw new IllegalStateException("a validator does not do what it is measured for");
            }
        }
    }

    /** Ours: parsed strictly, checked, fields picked, one pass. */
    @Benchmark
    public boolean onePass() {
        return onePass.accepts(bytes);
    }

    /** Jackson 3 tree, then networknt. */
    @Benchmark
    public boolean networknt() {
        return networknt.accepts(bytes);
    }

    /** Jackson 2 tree, then harrel. */
    @Benchmark
    public boolean harrel() {
        return harrel.accepts(bytes);
    }
}
