package dev.sallyport.gateway.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.gateway.SettingsOf;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "X-Verdict, X-Verdict",
        "X-Verdict, x_verdict",
        "X_Verdict, X_Verdict",
        "X_Verdict, x-verdict",
        "X_Verdict, X-VERDICT",
    })
    void a_field_that_only_the_gateway_writes_ends_at_its_edge_however_it_is_spelled(String ours, String sent) {
        Set<String> names = GatewayHeaders.of(SettingsOf.keys(Map.of(
                "sallyport.provider.base-url", "http://127.0.0.1:1", "sallyport.telemetry.results.verdict", ours)));
        Headers headers = Headers.of(Map.of(sent, "ALLOW"));

        assertThat(EndToEnd.ofCaller(headers, names, Set.of()).first(sent)).isNull();
        assertThat(EndToEnd.ofProvider(headers, names).first(sent)).isNull();
    }
}
