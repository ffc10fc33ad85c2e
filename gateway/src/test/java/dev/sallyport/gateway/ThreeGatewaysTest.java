package dev.sallyport.gateway;

import dev.sallyport.gateway.store.StoreKind;
import dev.sallyport.gateway.store.StoreServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three gateways and a real store. */
@Timeout(300)
final class ThreeGatewaysTest {
    @ParameterizedTest
    @EnumSource
    void three_gateways_share_a_store_and_outlive_it(StoreKind kind) throws Exception {
        try (var three = new ThreeGateways(StoreServer.of(kind))) {
            three.share_a_limit_within_the_stated_overshoot();
            three.answer_every_call_whatever_the_store_does();
        }
    }
}
