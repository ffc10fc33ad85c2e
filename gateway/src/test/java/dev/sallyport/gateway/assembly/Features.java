package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.gateway.SettingsOf;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is on. */
record Features(
        String contracts,
        TelemetryMode telemetry,
        boolean tokens,
        boolean capture,
        boolean listed,
        boolean limited,
        boolean keyed) {
    static final String LISTED = "project-1";
    static final int PERMITS = 3;
    private static final int SWITCHES = 5;

    static Stream<Features> all() {
        return Stream.of("off", "report", "enforce")
                .flatMap(contracts -> Stream.of(TelemetryMode.values())
                        .flatMap(telemetry -> IntStream.range(0, 1 << SWITCHES)
                                .mapToObj(on -> new Features(
                                        contracts,
                                        telemetry,
                                        isOn(on, 0),
                                        isOn(on, 1),
                                        isOn(on, 2),
                                        isOn(on, 3),
                                        isOn(on, 4)))));
    }

    private static boolean isOn(int switches, int which) {
        return (switches >> which & 1) == 1;
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
        settings.put("sallyport.idempotency.mode", keyed ? "on" : "off");
        if (limited) {
            settings.put("sallyport.rate-limits.limits[0].name", "per-project");
            settings.put("sallyport.rate-limits.limits[0].permits", Integer.toString(PERMITS));
            settings.put("sallyport.rate-limits.limits[0].per", "1h");
        }
        return SettingsOf.keys(settings);
    }
}
