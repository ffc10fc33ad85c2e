package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers might try against a limit, and what a limit does without the store that it is kept in. */
@Timeout(120)
final class LimitsOfOneGatewayTest {
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

    private final StubProvider provider = new StubProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void a_header_counts_even_if_connection_names_it() {
        try (var gateway = limited("--sallyport.rate-limits.limits[0].key=header:X-Tenant")) {
            int proven = migrate(gateway, "");
            List<Integer> told = IntStream.range(0, 4)
                    .mapToObj(call -> migrate(gateway, "Connection: X-Tenant\r\nX-Tenant: one\r\n"))
                    .toList();

            assertThat(proven).isEqualTo(200);
            assertThat(told).containsExactly(200, 200, 200, 429);
            assertThat(migrate(gateway, "X-Tenant: one\r\n")).isEqualTo(429);
            assertThat(migrate(gateway, "X-Tenant: two\r\n")).isEqualTo(200);
        }
    }

    @Test
    void without_its_store_a_gateway_counts_by_the_same_limits() {
        try (var gateway = limited(
                "--sallyport.rate-limits.limits[0].key=address",
                "--sallyport.store.url=redis://127.0.0.1:1",
                "--sallyport.rate-limits.store=redis",
                "--sallyport.rate-limits.lease.share=10%",
                "--sallyport.rate-limits.on-store-failure=local")) {
            List<Integer> told =
                    IntStream.range(0, 5).mapToObj(call -> migrate(gateway, "")).toList();

            assertThat(told).containsExactly(200, 200, 200, 429, 429);
        }
    }

    private TestGateway limited(String... settings) {
        String[] all = new String[settings.length + 3];
        System.arraycopy(settings, 0, all, 3, settings.length);
        all[0] = "--sallyport.rate-limits.limits[0].name=limit";
        all[1] = "--sallyport.rate-limits.limits[0].permits=3";
        all[2] = "--sallyport.rate-limits.limits[0].per=24h";
        return TestGateway.inFrontOf(provider.baseUrl(), all);
    }

    private static int migrate(TestGateway gateway, String fields) {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send("POST " + StubProvider.MIGRATE + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: "
                    + Fixtures.consumerAuthorization() + "\r\nContent-Type: application/json\r\n" + fields
                    + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
            return caller.read().status();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
