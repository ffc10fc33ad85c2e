package dev.sallyport.telemetry.lookup;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.Digests;
import dev.sallyport.config.telemetry.TelemetryCacheSettings;
import dev.sallyport.telemetry.lookup.TelemetryEvents.Source;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One lookup for all calls that ask about the same device at the same time, and its verdict again for a short while. Only
 * verdicts are kept: what failed may work a moment later, and an id that is not known may be known then. The key is a digest
 * of the telemetry id and the credentials, project and secret, so that no call gets what its own credentials would not
 * have got it, and neither is kept.
 */
public final class CachedLookup implements FingerprintLookup {
    private final FingerprintLookup lookup;
    private final boolean keeps;
    private final Supplier<Scheduler> loop;
    private final TelemetryEvents events;
    private final AsyncCache<ByteBuffer, DeviceFinding> findings;

    /**
     * An empty cache in front of a lookup.
     *
     * @param settings a verdict that is kept for no time is kept while it is being asked for
     * @param loop the thread that a call belongs to; asked on it
     */
    public CachedLookup(
            FingerprintLookup lookup,
            TelemetryCacheSettings settings,
            Supplier<Scheduler> loop,
            Ticker ticker,
            TelemetryEvents events) {
        this.lookup = lookup;
        this.keeps = !settings.ttl().isZero();
        this.loop = loop;
        this.events = events;
        this.findings = Caffeine.newBuilder()
                .maximumSize(settings.entries())
                .expireAfterWrite(keeps ? settings.ttl() : Duration.ofSeconds(1))
                .ticker(ticker)
                .buildAsync();
    }

    @Override
    public Mono<DeviceFinding> find(Question question) {
        return Mono.defer(() -> {
            ByteBuffer key = key(question);
            var own = new CompletableFuture<DeviceFinding>();
            @Nullable CompletableFuture<DeviceFinding> other = findings.asMap().putIfAbsent(key, own);
            if (other != null) {
                return shared(other);
            }
            events.found(Source.ASKED);
            ask(question, key, own);
            return Mono.fromFuture(own, true);
        });
    }

    /** A call that had to wait goes on where it belongs, not on the thread of the one that asked. */
    private Mono<DeviceFinding> shared(CompletableFuture<DeviceFinding> other) {
        boolean here = other.isDone();
        events.found(here ? Source.CACHED : Source.JOINED);
        Mono<DeviceFinding> finding = Mono.fromFuture(other, true);
        return here ? finding : finding.publishOn(loop.get());
    }

    /** A call that gives up waiting does not stop it: others may have joined, and its own timeout ends it soon. */
    private void ask(Question question, ByteBuffer key, CompletableFuture<DeviceFinding> own) {
        var unused = lookup.find(question).toFuture().whenComplete((finding, failure) -> {
            DeviceFinding known = finding == null ? none(failure) : finding;
            if (!keeps || !known.outcome().isVerdict()) {
                findings.asMap().remove(key, own);
            }
            own.complete(known);
        });
    }

    /** A lookup that ends without a finding is a bug: the log has why. */
    private static DeviceFinding none(@Nullable Throwable failure) {
        DeviceFinding none = DeviceFinding.of(LookupOutcome.UNAVAILABLE);
        return failure == null ? none : none.because(failure);
    }

    /** How many are kept or being asked for. */
    long size() {
        findings.synchronous().cleanUp();
        return findings.asMap().size();
    }

    private static ByteBuffer key(Question question) {
        MessageDigest digest = Digests.sha256();
        digest.update(question.authorization().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return ByteBuffer.wrap(digest.digest(question.telemetryId().getBytes(StandardCharsets.UTF_8)));
    }
}
