package dev.sallyport.gateway.capture;

import dev.sallyport.capture.CaptureEvents;
import dev.sallyport.capture.CaptureEvents.Result;
import dev.sallyport.capture.CaptureSink;
import dev.sallyport.capture.CapturedCall;
import dev.sallyport.contract.file.FileFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes captured calls on a thread of its own. The queue takes no lock, because it is filled on event loops, and is bounded
 * by the bytes that wait in it, because a reply may be a thousand times as large as another. What goes wrong is counted, and
 * logged once.
 */
public final class CaptureWriter implements CaptureSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureWriter.class);
    private static final Duration NAP = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final CaptureFile file;
    private final long maxPending;
    private final CaptureEvents events;
    private final Queue<CapturedCall> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong pending = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;
    private boolean told;

    CaptureWriter(CaptureFile file, long maxPending, CaptureEvents events) {
        this.file = file;
        this.maxPending = maxPending;
        this.events = events;
        this.thread = new Thread(this::run, "capture");
        thread.setDaemon(true);
    }

    CaptureWriter start() {
        thread.start();
        return this;
    }

    @Override
    public void take(CapturedCall call) {
        if (closing || !hasRoomFor(call.weight())) {
            events.line(Result.DROPPED);
        } else {
            queue.add(call);
            LockSupport.unpark(thread);
        }
    }

    private boolean hasRoomFor(long weight) {
        boolean room = pending.addAndGet(weight) <= maxPending;
        if (!room) {
            pending.addAndGet(-weight);
        }
        return room;
    }

    private void run() {
        while (true) {
            @Nullable CapturedCall call = queue.poll();
            if (call != null) {
                write(call);
                pending.addAndGet(-call.weight());
            } else if (closing) {
                end();
                return;
            } else {
                LockSupport.parkNanos(this, NAP.toNanos());
            }
        }
    }

    private void write(CapturedCall call) {
        try {
            file.write(call.line());
            events.line(Result.WRITTEN);
        } catch (IOException | RuntimeException failure) {
            events.line(Result.FAILED);
            tell(failure);
        }
    }

    private void tell(Exception failure) {
        if (!told) {
            told = true;
            LOG.atWarn()
                    .addKeyValue("why", FileFailure.words(failure))
                    .log("A call could not be captured; further failures are only counted");
        }
    }

    /** Writes what waits, but not for ever. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            file.close();
        } catch (IOException failure) {
            tell(failure);
        }
    }
}
