package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JwksOverHttpTest {
    @ParameterizedTest
    @CsvSource({
        "200, application/json, , ",
        "200, application/json, identity, ",
        "200, application/json, gzip, CONTENT_ENCODING",
        "200, application/json; charset=utf-8, , ",
        "200, APPLICATION/JWK-SET+JSON, , ",
        "200, text/html, , WRONG_MEDIA_TYPE",
        "200, text/json+json, , WRONG_MEDIA_TYPE",
        "200, , , WRONG_MEDIA_TYPE",
        "204, application/json, , BAD_STATUS",
        "302, application/json, , BAD_STATUS",
        "404, application/json, , NOT_PUBLISHED",
        "408, application/json, , BAD_STATUS",
        "429, application/json, , BAD_STATUS",
        "503, application/json, , BAD_STATUS",
    })
    void what_is_wrong_shows_before_the_body(
            int status, @Nullable String type, @Nullable String coding, @Nullable FetchFault fault) {
        Map<String, String> lines = new HashMap<>();
        lines.put("Content-Type", type == null ? "" : type);
        if (coding != null) {
            lines.put("Content-Encoding", coding);
        }

        assertThat(JwksOverHttp.fault(status, Headers.of(lines)).orElse(null)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "'public, max-age=900', , PT15M",
        "'public, max-age=900', 600, PT5M",
        "'max-age=900', 1000, PT0S",
        "'MAX-AGE=60', soon, PT1M",
        "'max-age=\"60\"', , PT1M",
        "'max-age=900, no-store', , PT0S",
        "'max-age=900|max-age=60', , PT1M",
        "no-store, , PT0S",
        "no-cache, , PT0S",
        "public, , ",
        "max-age=, , ",
        "max-age=-1, , ",
        "max-age=99999999999, , ",
        "s-maxage=60, , ",
        ", 60, ",
    })
    void how_long_a_reply_is_fresh(@Nullable String cacheControl, @Nullable String age, @Nullable Duration fresh) {
        List<String> fields = cacheControl == null ? List.of() : List.of(cacheControl.split("\\|", -1));

        assertThat(MaxAge.of(fields, age).orElse(null)).isEqualTo(fresh);
    }

    @Test
    void a_project_may_have_its_keys_on_its_own_domain() {
        var addresses = new JwksAddresses("https://a", Map.of("own", "https://b/.well-known/jwks.json"));
        var jwks = new Operation("keys", "GET", "/keys/{project}");

        assertThat(addresses.of(new Issuer(jwks, TokenAlgorithm.RS256, "own")))
                .isEqualTo("https://b/.well-known/jwks.json");
        assertThat(addresses.of(new Issuer(jwks, TokenAlgorithm.RS256, "other")))
                .isEqualTo("https://a/keys/other");
    }
}
