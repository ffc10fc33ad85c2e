package dev.sallyport.loadtests.benchmarks;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.call.Call;
import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Trail;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.TracingSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.assembly.WholeStack;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.FinishedCall.From;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.gateway.trace.CallSpans.CameIn;
import dev.sallyport.gateway.trace.SpanEnding;
import dev.sallyport.gateway.trace.Tracing;
import dev.sallyport.trace.SpanKeys;
import dev.sallyport.trace.SpanOutcome;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import reactor.core.publisher.Mono;

/**
 * What traces cost a call between the edges: the pipeline as the gateway assembles it, around an upstream that answers at once, with the
 * span of the call and that of its attempt. Sending them is another thread's work and not in it: more spans are made here than any
 * collector takes, so most find the queue full.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class TracesBenchmark {
    private static final int BATCH = 500;
    private static final String PATH = "/v1/b2b/sessions/exchange";

    /** Whether calls are traced, and recorded. */
    @Param({"off", "unrecorded", "recorded"})
    public String calls = "off";

    /** Named as the threads whose CPU time is counted. */
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("jmh-worker-loop", true), NioIoHandler.newFactory());

    private final EventLoop loop = group.next();
    private final SignedToken token = SignedToken.now();
    private final byte[] reply = PackBody.reply(token.text());
    private final Headers replyHeaders = new NettyHeaders(
            new DefaultHttpHeaders().add("Content-Type", "application/json").add("Content-Length", reply.length));
    private final byte[] request = PackBody.typical("request");
    private final Headers requestHeaders = new NettyHeaders(new DefaultHttpHeaders()
            .add("Content-Type", "application/json")
            .add("Content-Length", request.length)
            .add("Authorization", "Basic bm90OnJlYWQ="));
    private final PackWords words = new PackWords(Optional.empty(), Set.of());
    private final HttpServer collector = collector();
    private Tracing tracing = Tracing.of(TracingSettings.defaults(), new DefaultSslBundleRegistry(), "1");
    private Upstream<Call> stack = call -> Mono.empty();

    /** Begins, and sees that a call passes, and whether it is recorded. */
    @Setup
    public void begin() throws Exception {
        boolean isOn = !calls.equals("off");
        boolean isRecorded = calls.equals("recorded");
        var endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        var settings = new TracingSettings(
                isOn, endpoint, Optional.empty(), new Percent(isRecorded ? 100 : 0), false, Map.of());
        tracing = Tracing.of(settings, new DefaultSslBundleRegistry(), "1");
        stack = WholeStack.of(
                Map.of("sallyport.provider.base-url", "http://127.0.0.1:1", "sallyport.tracing.enabled", isOn),
                PackBody.OPERATION,
                token.keys().toString(true),
                this::provider);
        loop.submit(() -> LoopScheduler.enter(loop)).get();
        Call call = call();
        WholeStack.answer(Objects.requireNonNull(stack.send(call).block()));
        if (call.trail().span().isRecorded() != isRecorded) {
            throw new IllegalStateException("calls are recorded, or not, against the parameter");
        }
    }

    @TearDown
    public void end() {
        tracing.close();
        collector.stop(0);
    }

    private static HttpServer collector() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException unbound) {
            throw new IllegalStateException(unbound);
        }
    }

    /** A call, from its head to its line. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int aCall() throws Exception {
        return loop.submit(() -> {
                    int bytes = 0;
                    for (int number = 0; number < BATCH; number++) {
                        Call call = call();
                        Reply.Answer came = WholeStack.answer(
                                Objects.requireNonNull(stack.send(call).block()));
                        bytes += came.body().length;
                        SpanEnding.of(new FinishedCall(
                                CallKind.of(PackBody.OPERATION),
                                call.trail(),
                                new From(SignedToken.PROJECT, null, "1.1"),
                                new Ending(came, true),
                                words));
                    }
                    return bytes;
                })
                .get();
    }

    private Call call() {
        CallSpan span = tracing.spans().isOn()
                ? tracing.spans().begin(new CameIn("POST", PATH, "1.1", null, false))
                : CallSpan.NONE;
        var trail = new Trail("request-id-sallyport-f03e265f-18fb-6008-fc84-3eacb21945d6", PhaseClock.OFF, span);
        return Call.of(
                PackBody.OPERATION,
                new RequestLine("POST", PATH),
                requestHeaders,
                request,
                new Caller(SignedToken.PROJECT, "127.0.0.1", Deadline.NONE, trail));
    }

    /** Says of the attempt what requests to the provider say. */
    private Upstream<ReadCall> provider(ReplyReading reading) {
        return call -> Mono.fromSupplier(() -> {
            CallSpan attempt = call.span().attempt("POST " + PATH);
            attempt.put(SpanKeys.METHOD, "POST");
            attempt.put(SpanKeys.PROTOCOL_VERSION, "1.1");
            attempt.put(SpanKeys.SERVER_ADDRESS, "127.0.0.1");
            attempt.put(SpanKeys.SERVER_PORT, 443);
            attempt.put(SpanKeys.URL_TEMPLATE, PATH);
            attempt.put(SpanKeys.URL_FULL, "https://127.0.0.1" + PATH);
            Reply answer = reading.read(200, replyHeaders, reply, new Timing(System.nanoTime(), System.nanoTime()));
            SpanOutcome.ofRequest(attempt, answer);
            attempt.end();
            return answer;
        });
    }
}
