package dev.sallyport.loadtests.benchmarks;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.sallyport.audit.AuditedCall;
import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Phase;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Trail;
import dev.sallyport.config.LogFormat;
import dev.sallyport.config.LogSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.log.AccessLog;
import dev.sallyport.gateway.log.AuditLog;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.FinishedCall.From;
import dev.sallyport.gateway.log.KnownProjects;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.json.StrictJson;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/** What a line of a call costs the event loop, up to the queue: taking the time of each phase, an access line, an audit line. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class LinesBenchmark {
    private final ContractCatalog catalog = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));
    private final Contract contract = catalog.contract(PackBody.OPERATION).orElseThrow();
    private final PackWords words = PackWords.of(catalog);
    private final KnownProjects projects = new KnownProjects(Set.of(SignedToken.PROJECT));
    private final LineWindows windows = new LineWindows(Schedulers.parallel());
    private final LogSettings settings = new LogSettings(true, true, Optional.empty(), LogFormat.TEXT);
    private final AccessLog access = AccessLog.of(settings, windows);
    private final AuditLog audit = new AuditLog(settings, projects, words, windows);
    private final byte[] reply = PackBody.reply("eyJ.example.jwt");
    private final Answer answer =
            new Answer(200, Headers.NONE, reply, new Timing(1, 2), (Document) contract.readReply(reply));
    private final AuditedCall audited = new AuditedCall(
            new ReadCall(call(PhaseClock.OFF), Document.NONE), contract.audit().orElseThrow(), answer);

    /** Lines go as far as the queue would take them. */
    @Setup
    public void takesLines() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        var taken = new UnsynchronizedAppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                event.prepareForDeferredProcessing();
            }
        };
        taken.start();
        root.addAppender(taken);
    }

    /** A clock through the eight phases of a call on a kept connection. */
    @Benchmark
    public long phases() {
        return timed().total();
    }

    /** Such a clock, and the line of a call that went well. */
    @Benchmark
    public void accessLine() {
        var trail = new Trail("request-id-sallyport-f03e265f-18fb-6008-fc84-3eacb21945d6", timed());
        var from = new From(SignedToken.PROJECT, null, "1.1");
        access.write(new FinishedCall(CallKind.of(PackBody.OPERATION), trail, from, new Ending(answer, true), words));
    }

    /** The line of a session that was made. */
    @Benchmark
    public void auditLine() {
        audit.ended(audited);
    }

    private static PhaseClock timed() {
        PhaseClock phases = PhaseClock.started(System::nanoTime, System.nanoTime());
        phases.enter(Phase.FIRST_DOOR);
        phases.enter(Phase.QUEUE);
        phases.enter(Phase.FIRST_BYTE);
        phases.enter(Phase.BODY);
        phases.enter(Phase.SECOND_DOOR);
        phases.enter(Phase.WRITE);
        phases.end();
        return phases;
    }

    private static Call call(PhaseClock phases) {
        var trail = new Trail("request-id-sallyport-f03e265f-18fb-6008-fc84-3eacb21945d6", phases);
        return Call.of(
                PackBody.OPERATION,
                new RequestLine("POST", "/v1/b2b/sessions/exchange"),
                Headers.NONE,
                PackBody.typical("request"),
                new Caller(SignedToken.PROJECT, "192.0.2.1", Deadline.NONE, trail));
    }
}
