package dev.sallyport.sandbox.operation.project;

import dev.sallyport.sandbox.device.Advice;
import dev.sallyport.sandbox.device.Device;
import dev.sallyport.sandbox.device.Devices;
import dev.sallyport.sandbox.fault.LookupFault;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/fingerprint/lookup}: what is known of the device behind a telemetry id; for projects of both products. */
public final class LookUpFingerprint implements Operation {
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final List<String> KINDS =
            List.of("network-fingerprint", "hardware-fingerprint", "browser-fingerprint", "visitor-fingerprint");

    private final Clock clock;

    public LookUpFingerprint(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String telemetryId = call.fields().requiredText("telemetry_id");
        Device device = Devices.find(telemetryId).orElseThrow(() -> Refusal.of(ErrorType.TELEMETRY_ID_NOT_FOUND));
        return LookupFault.in(telemetryId).applyTo(Reply.json(200, body(call, device)));
    }

    private ObjectNode body(Call call, Device device) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode body = Reply.goodBody().put("telemetry_id", device.telemetryId());
        body.set("fingerprints", fingerprints(device));
        body.set("verdict", verdict(device.advice()));
        body.set("external_metadata", call.fields().object("external_metadata").orElseGet(Json::object));
        body.set("properties", properties(device));
        return body.put("created_at", now.toString())
                .put("expires_at", now.plus(LIFETIME).toString());
    }

    private static ObjectNode fingerprints(Device device) {
        ObjectNode node = Json.object();
        KINDS.forEach(kind -> node.put(kind.replace('-', '_'), device.identifier(kind)));
        return node.put("visitor_id", device.visitorId()).put("browser_id", device.identifier("browser-id"));
    }

    private static ObjectNode verdict(Advice advice) {
        ObjectNode node = Json.object().put("action", advice.name());
        node.set("reasons", Json.tree(advice.reasons()));
        node.put("detected_device_type", "LINUX_X86_64").put("is_authentic_device", advice.isAuthentic());
        node.set("verdict_reason_overrides", Json.array());
        return node;
    }

    private static ObjectNode properties(Device device) {
        ObjectNode network = Json.object().put("ip_address", device.ipAddress());
        network.set(
                "asn", Json.object().put("asn", "64496").put("name", "EXAMPLE").put("network", "203.0.113.0/24"));
        network.set(
                "ip_geolocation",
                Json.object()
                        .put("city", device.city())
                        .put("region", device.region())
                        .put("country", device.country()));
        network.put("is_proxy", false).put("is_vpn", false);
        ObjectNode properties = Json.object();
        properties.set("network_properties", network);
        properties.set("browser_properties", Json.object().put("user_agent", "Mozilla/5.0 (X11; Linux x86_64)"));
        return properties;
    }
}
