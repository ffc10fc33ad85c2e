package dev.sallyport.sandbox.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.sandbox.reply.Json;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A device as its fingerprint describes it. Its identifiers are made from the telemetry id. */
public record Device(String telemetryId, Advice advice, boolean isNew) {
    private static final String SEEN_AT = "2025-01-01T00:00:00Z";

    public String visitorId() {
        return "visitor-" + uuid("visitor");
    }

    /** Returns the identifier of one kind, for example {@code hardware-fingerprint} or {@code browser-id}. */
    public String identifier(String kind) {
        return kind + "-" + uuid(kind);
    }

    /** Returns an address that RFC 5737 sets aside for documentation. */
    public String ipAddress() {
        return "203.0.113.7";
    }

    public String city() {
        return "Example City";
    }

    public String region() {
        return "Example Region";
    }

    public String country() {
        return "US";
    }

    /** Returns what replies carry as {@code user_device} or {@code member_device}. */
    public ObjectNode json() {
        ObjectNode node = Json.object().put("visitor_id", visitorId());
        node.set("visitor_id_details", details());
        node.put("ip_address", ipAddress()).set("ip_address_details", details());
        node.put("ip_geo_city", city()).put("ip_geo_region", region()).put("ip_geo_country", country());
        node.set("ip_geo_country_details", details());
        return node;
    }

    private ObjectNode details() {
        ObjectNode details = Json.object().put("is_new", isNew);
        return isNew ? details : details.put("first_seen_at", SEEN_AT).put("last_seen_at", SEEN_AT);
    }

    private UUID uuid(String kind) {
        return UUID.nameUUIDFromBytes((kind + "|" + telemetryId).getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "Device[" + advice + "]";
    }
}
