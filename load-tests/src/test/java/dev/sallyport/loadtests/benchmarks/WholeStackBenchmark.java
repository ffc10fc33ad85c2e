package dev.sallyport.loadtests.benchmarks;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.assembly.WholeStack;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.loop.LoopScheduler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Mono;

/**
 * What a call costs between the edges: the pipeline as the gateway assembles it, around an upstream that answers at once, on an
 * event loop. What the parts cost shows in the differences: nothing checked and nothing read of the reply; nothing checked; all.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class WholeStackBenchmark {
    private static final int BATCH = 500;
    private static final Map<String, Object> UNCHECKED = Map.of(
            "sallyport.contracts.request", "off",
            "sallyport.contracts.reply", "off",
            "sallyport.session-token.mode", "off");

    /** Named as the threads whose CPU time is counted, which happens when all is over: so it ends with the process only. */
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("jmh-worker-loop", true), NioIoHandler.newFactory());

    private final EventLoop loop = group.next();
    private final SignedToken token = SignedToken.now();
    private final byte[] reply = PackBody.reply(token.text());
    private final Headers replyHeaders = new NettyHeaders(new DefaultHttpHeaders()
            .add("Content-Type", "application/json")
            .add("Content-Length", reply.length)
            .add("Date", "Sun, 22 Nov 2026 00:00:00 GMT"));
    private final byte[] request = PackBody.typical("request");
    private final Headers requestHeaders = new NettyHeaders(new DefaultHttpHeaders()
            .add("Host", "gateway.internal")
            .add("Content-Type", "application/json")
            .add("Content-Length", request.length)
            .add("Authorization", "Basic bm90OnJlYWQ="));

    private final Upstream<Call> checked = stack(Map.of(), this::read);
    private final Upstream<Call> unchecked = stack(UNCHECKED, this::read);
    private final Upstream<Call> glue = stack(UNCHECKED, this::readBefore);

    /** Sees that each lets a good call and its reply pass, and that the checked one refuses a bad reply. */
    @Setup
    public void tries() throws Exception {
        loop.submit(() -> LoopScheduler.enter(loop)).get();
        for (Upstream<Call> stack : List.of(checked, unchecked, glue)) {
            WholeStack.answer(Objects.requireNonNull(stack.send(call()).block()));
        }
        Upstream<Call> forged = stack(Map.of(), reading -> call -> answer(reading, PackBody.reply(token.damaged())));
        if (!(forged.send(call()).block() instanceof Reply.Refusal)) {
            throw new IllegalStateException("a damaged token is let through");
        }
    }

    /** Every contract on: what a call costs between the edges. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int everything() throws Exception {
        return batch(checked);
    }

    /** Contracts and tokens off: documents are still read. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int nothingChecked() throws Exception {
        return batch(unchecked);
    }

    /** The same, and the reply was read beforehand: what the steps cost that no contract needs, and reading a request. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int glue() throws Exception {
        return batch(glue);
    }

    private int batch(Upstream<Call> stack) throws Exception {
        return loop.submit(() -> {
                    int bytes = 0;
                    for (int number = 0; number < BATCH; number++) {
                        Reply came = stack.send(call()).block();
                        bytes += WholeStack.answer(Objects.requireNonNull(came)).body().length;
                    }
                    return bytes;
                })
                .get();
    }

    private Call call() {
        return Call.of(
                PackBody.OPERATION,
                new RequestLine("POST", "/v1/b2b/sessions/exchange"),
                requestHeaders,
                request,
                new Caller(SignedToken.PROJECT, "127.0.0.1"));
    }

    private Upstream<ReadCall> read(ReplyReading reading) {
        return call -> answer(reading, reply);
    }

    private Upstream<ReadCall> readBefore(ReplyReading reading) {
        Answer read = reading.read(200, replyHeaders, reply, Timing.NONE);
        return call -> Mono.just(read);
    }

    private Mono<Reply> answer(ReplyReading reading, byte[] body) {
        return Mono.fromSupplier(
                () -> reading.read(200, replyHeaders, body, new Timing(System.nanoTime(), System.nanoTime())));
    }

    private Upstream<Call> stack(Map<String, Object> settings, Function<ReplyReading, Upstream<ReadCall>> upstream) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("sallyport.provider.base-url", "http://127.0.0.1:1");
        return WholeStack.of(all, PackBody.OPERATION, token.keys().toString(true), upstream);
    }
}
