package dev.sallyport.gateway;

import dev.sallyport.gateway.store.StoreServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three gateways and a real Valkey: load-tests/valkey fetches one and runs this. */
@Tag("valkey")
@Timeout(300)
final class ThreeGatewaysOnValkeyTest {
    @Test
    void three_gateways_share_a_valkey_and_outlive_it() throws Exception {
        try (var three = new ThreeGateways(StoreServer.of(Path.of(System.getProperty("valkey.server"))))) {
            three.share_a_limit_within_the_stated_overshoot();
            three.answer_every_call_whatever_the_store_does();
        }
    }
}
