package dev.sallyport.gateway;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Locks of libraries that event loops take, and hold for some microseconds at most: that of Netty's allocator where it makes room, a
 * breaker's window where an attempt is counted, and that of an open breaker where the first attempt after its pause has it tried. Where
 * two loops meet, one waits for the other; BlockHound would make an error of it, at random.
 */
public final class ShortLocks implements BlockHoundIntegration {
    @Override
    public void applyTo(BlockHound.Builder builder) {
        String breaker = "io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine$OpenState";
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free")
                .allowBlockingCallsInside("io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "record")
                .allowBlockingCallsInside(
                        "io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "getSnapshot")
                .allowBlockingCallsInside(breaker, "toHalfOpenState");
    }
}
