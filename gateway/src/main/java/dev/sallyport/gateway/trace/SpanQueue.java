package dev.sallyport.gateway.trace;

import dev.sallyport.gateway.log.Causes;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans that are over, on their way to the collector: a thread sends them in batches, and what finds the queue full is counted and left
 * out. No call waits for it, not even for a lock. Thread-safe.
 */
final class SpanQueue implements SpanProcessor {
    static final int MOST = 8192;

    /** A collector that takes longer for a batch does not keep up. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.traces");
    private static final int BATCH = 512;
    private static final long PAUSE_MILLIS = 500;

    private final SpanExporter exporter;
    private final Queue<ReadableSpan> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final LongAdder exported = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(SpanQueue::thread);
    private volatile boolean isClosing;

    SpanQueue(SpanExporter exporter) {
        this.exporter = exporter;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "sallyport-traces");
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::send, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    long exported() {
        return exported.sum();
    }

    long failed() {
        return failed.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    /** A place is taken first, since to count such a queue is to walk through it. */
    @Override
    public void onEnd(ReadableSpan span) {
        if (isClosing || taken.incrementAndGet() > MOST) {
            if (!isClosing) {
                taken.decrementAndGet();
            }
            dropped.increment();
        } else {
            waiting.add(span);
        }
    }

    /** All that wait, unless the gateway stops and the collector takes none. */
    private void send() {
        List<SpanData> batch = batch();
        boolean goesOn = true;
        while (!batch.isEmpty() && goesOn) {
            goesOn = isTaken(batch) || !isClosing;
            batch = goesOn ? batch() : List.of();
        }
    }

    private List<SpanData> batch() {
        List<SpanData> batch = new ArrayList<>();
        @Nullable ReadableSpan next = waiting.poll();
        while (next != null) {
            batch.add(next.toSpanData());
            next = batch.size() < BATCH ? waiting.poll() : null;
        }
        taken.addAndGet(-batch.size());
        return batch;
    }

    @SuppressWarnings("IllegalCatch") // whatever it is, the next batch is tried
    private boolean isTaken(List<SpanData> batch) {
        @Nullable Throwable why = null;
        boolean isTaken = false;
        try {
            CompletableResultCode result = exporter.export(batch).join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            isTaken = result.isSuccess();
            why = result.getFailureThrowable();
        } catch (RuntimeException bug) {
            why = bug;
        }
        (isTaken ? exported : failed).add(batch.size());
        tell(isTaken, why);
        return isTaken;
    }

    /** Once for each change. */
    private void tell(boolean isTaken, @Nullable Throwable why) {
        if (isTaken && isFailing.compareAndSet(true, false)) {
            LOG.info("Traces reach their collector again");
        } else if (!isTaken && isFailing.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("cause", cause(why))
                    .log("Traces do not reach their collector; spans are lost until they do");
        }
    }

    private static String cause(@Nullable Throwable why) {
        if (why instanceof HttpExportException http && http.getResponse() != null) {
            return "status " + http.getResponse().getStatusCode();
        }
        return why == null ? "no answer in " + PATIENCE.toSeconds() + " s" : Causes.told(why);
    }

    /** Sends what waits, for a time, and takes no more. */
    void close(Duration grace) {
        var last = thread.submit(this::send);
        isClosing = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                last.cancel(true);
                thread.shutdownNow();
            }
        } catch (InterruptedException noTime) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (!waiting.isEmpty()) {
            LOG.atWarn().addKeyValue("spans", waiting.size()).log("Stopping: spans that wait are lost");
        }
        exporter.shutdown().join(1, TimeUnit.SECONDS);
    }
}
