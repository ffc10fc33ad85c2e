package dev.sallyport.sandbox.demo;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came back for a step. */
record StepOutcome(int status, Optional<String> reason, Map<String, String> millis, String body) {
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final Pattern PART = Pattern.compile("([a-z-]+);dur=([0-9.]+)");

    static StepOutcome of(HttpResponse<String> response) {
        Map<String, String> millis = new LinkedHashMap<>();
        Matcher part =
                PART.matcher(response.headers().firstValue("Server-Timing").orElse(""));
        while (part.find()) {
            millis.merge(named(part.group(1)), part.group(2), StepOutcome::sum);
        }
        Optional<String> reason = response.headers().firstValue("Sallyport-Rejection");
        return new StepOutcome(response.statusCode(), reason, millis, response.body());
    }

    /** The demo tells the provider's time in one. */
    private static String named(String phase) {
        return phase.equals("first-byte") || phase.equals("body") ? "provider" : phase;
    }

    private static String sum(String millis, String more) {
        return String.format(Locale.ROOT, "%.3f", Double.parseDouble(millis) + Double.parseDouble(more));
    }

    /** Whether the step went as announced. */
    boolean isAsAnnounced(Step step) {
        return status == step.status() && reason.equals(Optional.ofNullable(step.reason()));
    }

    /** The id that the reply carries; the gateway's own if it refused. Empty if there is none. */
    String requestId() {
        Matcher id = REQUEST_ID.matcher(body);
        return id.find() ? id.group(1) : "";
    }

    /** Whether the provider was asked. */
    boolean reachedProvider() {
        return millis.containsKey("provider");
    }
}
