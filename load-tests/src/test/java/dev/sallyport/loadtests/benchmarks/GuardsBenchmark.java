package dev.sallyport.loadtests.benchmarks;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.CircuitBreakerSettings;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.overload.ConcurrencyFilter;
import dev.sallyport.overload.ConcurrencyLimiter;
import dev.sallyport.resilience.BreakerFilter;
import dev.sallyport.resilience.DeadlineFilter;
import dev.sallyport.resilience.ProviderBreaker;
import dev.sallyport.resilience.hold.ProviderHoldEvents;
import dev.sallyport.resilience.hold.ProviderHoldFilter;
import dev.sallyport.resilience.hold.ProviderHolds;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What it costs a call to be watched: its deadline, the breaker, the limit and the provider's own limits, each alone and together. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class GuardsBenchmark {
    private static final int BATCH = 500;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("jmh-worker-loop", true), NioIoHandler.newFactory());

    private final EventLoop loop = group.next();
    private final LoopScheduler timer = new LoopScheduler();
    private final Reply answer = new Answer(200, Headers.NONE, new byte[0], new Timing(1, 2_000_000), Document.NONE);

    @Param({"none", "timer", "deadline", "holds", "limit", "breaker", "all"})
    private String guards = "none";

    private Upstream<Call> stack = call -> Mono.just(answer);

    @Setup
    public void stack() throws Exception {
        loop.submit(() -> LoopScheduler.enter(loop)).get();
        Upstream<ReadCall> inner = call -> Mono.just(answer);
        inner = with("breaker", breaker(), inner);
        inner = with("limit", limit(), inner);
        inner = with("holds", holds(), inner);
        Upstream<ReadCall> read = inner;
        Upstream<Call> outer = call -> read.send(new ReadCall(call, Document.NONE));
        stack = with("deadline", new DeadlineFilter(DEADLINE, DEADLINE.dividedBy(5), timer), outer);
        if (guards.equals("timer")) {
            stack = timed(outer);
        }
    }

    /** Of the deadline's cost the part that is setting a timer on the loop and clearing it. */
    private Upstream<Call> timed(Upstream<Call> next) {
        return call -> {
            Disposable set = timer.get().schedule(() -> {}, DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            set.dispose();
            return next.send(call);
        };
    }

    private <C> Upstream<C> with(String name, Filter<C> filter, Upstream<C> next) {
        return guards.equals(name) || guards.equals("all") ? filter.around(next) : next;
    }

    private Filter<ReadCall> breaker() {
        var breaker = new ProviderBreaker("benchmark", CircuitBreakerSettings.defaults(), DEADLINE, System::nanoTime);
        return new BreakerFilter(breaker, DEADLINE, timer);
    }

    private Filter<ReadCall> limit() {
        var limiter = ConcurrencyLimiter.adaptive(10, 500, Duration.ofMillis(100), System::nanoTime);
        var terms = new ConcurrencyFilter.Terms(
                limiter, ConcurrencyMode.ENFORCE, (priority, cause, refused) -> {}, timer, System::nanoTime);
        return new ConcurrencyFilter(terms, Priority.NORMAL);
    }

    private static Filter<ReadCall> holds() {
        Contract contract = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32))
                .contract(PackBody.OPERATION)
                .orElseThrow();
        var unheard = new ProviderHoldEvents() {
            @Override
            public void holdBegan(String operation, Duration time) {}

            @Override
            public void heldBack(String operation) {}
        };
        return new ProviderHoldFilter(contract, new ProviderHolds(System::nanoTime), unheard, InstantSource.system());
    }

    /** On an event loop, as calls are. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int call() throws Exception {
        return loop.submit(() -> {
                    int bytes = 0;
                    for (int number = 0; number < BATCH; number++) {
                        Answer came = (Answer)
                                Objects.requireNonNull(stack.send(made()).block());
                        bytes += came.status();
                    }
                    return bytes;
                })
                .get();
    }

    private static Call made() {
        return Call.of(
                PackBody.OPERATION,
                new RequestLine("POST", "/v1/b2b/sessions/exchange"),
                Headers.NONE,
                new byte[0],
                new Caller(SignedToken.PROJECT, "127.0.0.1", Deadline.in(DEADLINE)));
    }
}
