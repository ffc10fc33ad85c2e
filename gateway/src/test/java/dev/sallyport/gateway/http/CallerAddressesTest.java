package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.CallEdge.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address that a call is from: its connection's, or the one that the proxy in front names. */
@Timeout(120)
final class CallerAddressesTest {
    @Test
    void a_caller_has_the_address_of_its_connection_whatever_it_says() throws Exception {
        try (var edge = new CallEdge();
                var caller = edge.caller()) {
            caller.send(call("{}", "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.2"));

            assertThat(caller.answer()).endsWith("{}");
            assertThat(requireNonNull(edge.asked.poll()).address()).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 192.0.2.1 | 192.0.2.1",
                "X-Forwarded-For: 192.0.2.1, 198.51.100.1 | 192.0.2.1",
                "X-Forwarded-For: [2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
                "Forwarded: for=192.0.2.2:80;proto=https, for=198.51.100.1 | 192.0.2.2",
                "Forwarded: proto=https;for=\"[2001:db8::1]\" | 2001:db8:0:0:0:0:0:1",
                "Forwarded: proto=https | 127.0.0.1",
                "X-Other: x | 127.0.0.1",
                "X-Forwarded-For: a-name | ''"
            })
    void behind_a_proxy_a_caller_has_the_address_that_the_proxy_names(String field, String address) throws Exception {
        try (var behind = CallEdge.behindAProxy();
                var caller = behind.caller()) {
            caller.send(call("{}", field));

            assertThat(caller.answer()).endsWith("{}");
            assertThat(requireNonNull(behind.asked.poll()).address()).isEqualTo(address);
        }
    }

    @Test
    void behind_a_proxy_what_is_no_address_is_refused() throws Exception {
        try (var behind = CallEdge.behindAProxy();
                var caller = behind.caller()) {
            caller.send(call("{}", "Forwarded: for=192.0.2.2:http"));

            assertThat(caller.answer()).startsWith("HTTP/1.1 400 ").containsIgnoringCase("Connection: close");
            assertThat(requireNonNull(behind.refused.poll())
                            .refusal()
                            .rejection()
                            .reason())
                    .isEqualTo(Reason.MALFORMED_HTTP);
            assertThat(behind.asked).isEmpty();
        }
    }
}
