package dev.sallyport.gateway.loop;

import dev.sallyport.overload.GatewayPressure.Load;

/** What the gateway has to carry, as its loops and Netty's memory say. */
public final class GatewayLoad implements Load {
    @Override
    public long loopLag() {
        return LoopLag.here();
    }

    @Override
    public double directMemory() {
        return DirectMemory.share();
    }
}
