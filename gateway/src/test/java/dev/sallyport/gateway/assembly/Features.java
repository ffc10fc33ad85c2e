package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.gateway.SettingsOf;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is on. */
record Features(
        String contracts, TelemetryMode telemetry, boolean tokens, boolean capture, boolean listed, boolean limited) {
    static final String LISTED = "project-1";
    static final int PERMITS = 3;

    static Stream<Features> all() {
        List<Boolean> both = List.of(true, false);
        return Stream.of("off", "report", "enforce")
                .flatMap(contracts -> Stream.of(TelemetryMode.values())
                        .flatMap(telemetry -> both.stream()
                                .flatMap(tokens -> both.stream()
                                        .flatMap(capture -> both.stream()
                                                .flatMap(listed -> both.stream()
                                                        .map(limited -> new Features(
                                                                contracts, telemetry, tokens, capture, listed,
                                                                limited)))))));
    }

    /** Of a provider; calls are captured in the folder. */
    Settings settings(String baseUrl, Path folder) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sallyport.provider.base-url", baseUrl);
        settings.put("sallyport.provider.fraud-base-url", baseUrl);
        settings.put("sallyport.contracts.request", contracts);
        settings.put("sallyport.contracts.reply", contracts);
        settings.put("sallyport.telemetry.mode", telemetry.name());
        settings.put("sallyport.session-token.mode", tokens ? "enforce" : "off");
        if (capture) {
            settings.put(
                    "sallyport.capture.file", folder.resolve("calls.ndjson").toString());
        }
        if (listed) {
            settings.put("sallyport.provider.projects[0].id", LISTED);
        }
        if (limited) {
            settings.put("sallyport.rate-limits.limits[0].name", "per-project");
            settings.put("sallyport.rate-limits.limits[0].permits", Integer.toString(PERMITS));
            settings.put("sallyport.rate-limits.limits[0].per", "1h");
        }
        return SettingsOf.keys(settings);
    }
}
