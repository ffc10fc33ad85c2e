package dev.sallyport.loadtests.benchmarks;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.schema.SchemaNode;
import dev.sallyport.contract.schema.SchemaObserver;
import dev.sallyport.json.StrictJson;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * What it costs to read each of the three documents of a call and to hold it against its schema, as the gateway does: from bytes
 * to the values that rules look at. The reply has a signed token, and its drift is watched.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class DocumentReadingBenchmark {
    /** Which document of an exchange. */
    @Param({"request", "reply", "claims"})
    public String document = "";

    private byte[] bytes = {};
    private Function<byte[], Reading> reader = ignored -> Document.NONE;

    /** Nothing of what it is told takes time. */
    private static final class Watch implements SchemaObserver {
        @Override
        public void members(SchemaNode node, long named) {}

        @Override
        public void unknownMember(SchemaNode node, String name) {}

        @Override
        public void unknownValue(SchemaNode node) {}
    }

    /** Compiles the pack, and sees that the document is in order. */
    @Setup
    public void compile() {
        Contract contract = PackCompiler.load(PackFiles.of(PackBody.PACK), new StrictJson(32))
                .contract(PackBody.OPERATION)
                .orElseThrow();
        TokenContract token = contract.sessionToken().orElseThrow();
        switch (document) {
            case "request" -> {
                bytes = PackBody.typical("request");
                reader = contract::readRequest;
            }
            case "reply" -> {
                bytes = PackBody.reply(SignedToken.typical().text());
                reader = contract.repliesObservedBy(new Watch())::read;
            }
            default -> {
                bytes = PackBody.typical("token");
                reader = token::readClaims;
            }
        }
        if (!(reader.apply(bytes) instanceof Document read)
                || !read.violations().isEmpty()) {
            throw new IllegalStateException("a good document is refused");
        }
        System.out.println(document + ": " + bytes.length + " bytes");
    }

    /** From bytes to values. */
    @Benchmark
    public Reading read() {
        return reader.apply(bytes);
    }
}
