package dev.sallyport.gateway.loop;

import io.netty.util.internal.PlatformDependent;

/** Netty's direct memory: what is in use, and how much there may be. Netty counts it unless it was told not to. */
public final class DirectMemory {
    private DirectMemory() {}

    /** Bytes in use; 0 if they are not counted. */
    public static long used() {
        return Math.max(0, PlatformDependent.usedDirectMemory());
    }

    /** Bytes that there may be. */
    public static long most() {
        return PlatformDependent.maxDirectMemory();
    }

    /** The share in use, from 0 to 1; 0 if it is not counted. */
    public static double share() {
        long most = most();
        return most <= 0 ? 0 : (double) used() / most;
    }
}
