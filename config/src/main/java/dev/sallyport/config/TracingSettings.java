package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import dev.sallyport.config.value.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Traces of calls, for a collector that speaks OTLP.
 *
 * @param enabled default no
 * @param endpoint where spans are sent to, by OTLP over HTTP; default {@value #DEFAULT_ENDPOINT}
 * @param sslBundle the Spring SSL bundle of an endpoint with {@code https}; default the JVM's trust store
 * @param sampling the share of calls that are recorded; default 10%
 * @param followCallers whether the {@code traceparent} of a trusted caller decides for its calls, in place of the share; default
 *     no
 * @param headers sent along with spans, for collectors that ask for credentials; default none
 */
public record TracingSettings(
        Boolean enabled,
        URI endpoint,
        Optional<String> sslBundle,
        Percent sampling,
        Boolean followCallers,
        Map<String, Secret> headers) {
    private static final String KEY = "sallyport.tracing.";
    private static final String DEFAULT_ENDPOINT = "http://localhost:4318/v1/traces";
    private static final int USUAL_SHARE = 10;

    public TracingSettings {
        enabled = Require.orElse(enabled, false);
        endpoint = usable(endpoint);
        sslBundle = Require.orElse(sslBundle, Optional.empty());
        if (sslBundle.isPresent() && !"https".equals(endpoint.getScheme())) {
            throw new InvalidSetting(KEY + "ssl-bundle", "left out where the endpoint is not https", "there");
        }
        sampling = Require.orElse(sampling, new Percent(USUAL_SHARE));
        followCallers = Require.orElse(followCallers, false);
        headers = Map.copyOf(Require.orElse(headers, Map.<String, Secret>of()));
        headers.keySet().forEach(name -> Require.fieldName(KEY + "headers", name));
    }

    /** All defaults: off. */
    public static TracingSettings defaults() {
        return new TracingSettings(
                false, URI.create(DEFAULT_ENDPOINT), Optional.empty(), new Percent(USUAL_SHARE), false, Map.of());
    }

    private static URI usable(@Nullable URI written) {
        URI given = Require.orElse(written, URI.create(DEFAULT_ENDPOINT));
        String expected = "a URL such as " + DEFAULT_ENDPOINT;
        if (given.getRawUserInfo() != null) {
            throw new InvalidSetting(KEY + "endpoint", expected, "one with a user name");
        }
        boolean isHttp = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
        if (!isHttp || given.getHost() == null || given.getRawQuery() != null || given.getRawFragment() != null) {
            throw new InvalidSetting(KEY + "endpoint", expected, given);
        }
        return given;
    }
}
