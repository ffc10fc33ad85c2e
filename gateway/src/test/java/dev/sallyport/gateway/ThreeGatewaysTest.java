package dev.sallyport.gateway;

import dev.sallyport.gateway.store.StoreServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three gateways and a real Redis. */
@Timeout(300)
final class ThreeGatewaysTest {
    @Test
    void three_gateways_share_a_redis_and_outlive_it() throws Exception {
        try (var three = new ThreeGateways(StoreServer.redis())) {
            three.share_a_limit_within_the_stated_overshoot();
            three.answer_every_call_whatever_the_store_does();
        }
    }
}
