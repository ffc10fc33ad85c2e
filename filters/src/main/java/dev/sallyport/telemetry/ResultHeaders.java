package dev.sallyport.telemetry;

import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.config.telemetry.TelemetryResultsSettings;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells the provider or the caller what was found, in headers that only the gateway can write: fields of these names that came
 * along are replaced. What the provider's fingerprinting says is put into a header only if it is a plain word.
 */
public final class ResultHeaders {
    private static final int MOST_REASONS = 16;
    private static final Pattern REASON = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern VISITOR = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final TelemetryResultsSettings settings;
    private final Set<String> names;

    /** Headers under the names of the settings. */
    public ResultHeaders(TelemetryResultsSettings settings) {
        this.settings = settings;
        this.names = settings.headers();
    }

    ReadCall toProvider(ReadCall call, DeviceFinding finding) {
        return settings.toProvider() ? call.withHeaders(Headers.replaced(call.headers(), names, lines(finding))) : call;
    }

    Reply toCaller(Reply reply, DeviceFinding finding) {
        return settings.toCaller() ? replaced(reply, lines(finding)) : reply;
    }

    /** Nothing is known yet, so nothing may look as if it were. */
    Reply withoutAny(Reply reply) {
        return settings.toCaller() ? replaced(reply, Map.of()) : reply;
    }

    private Reply replaced(Reply reply, Map<String, String> lines) {
        return reply instanceof Answer answer
                ? answer.withHeaders(Headers.replaced(answer.headers(), names, lines))
                : reply;
    }

    private Map<String, String> lines(DeviceFinding finding) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(settings.verdict(), finding.outcome().name());
        String reasons = finding.reasons().stream()
                .filter(reason -> REASON.matcher(reason).matches())
                .limit(MOST_REASONS)
                .collect(Collectors.joining(", "));
        if (!reasons.isEmpty()) {
            lines.put(settings.reasons(), reasons);
        }
        String visitor = finding.visitorId();
        if (visitor != null && VISITOR.matcher(visitor).matches()) {
            lines.put(settings.visitorId(), visitor);
        }
        return lines;
    }
}
