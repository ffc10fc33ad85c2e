package dev.sallyport.gateway;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's allocator waits for a lock where threads compete for memory and it makes room for one more; for as long as the other
 * needs to put a few references away. BlockHound would make an error of it, at a random allocation on an event loop.
 */
public final class AllocatorLocks implements BlockHoundIntegration {
    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free");
    }
}
