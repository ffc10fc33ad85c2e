package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.device.Device;
import dev.sallyport.sandbox.device.Devices;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request that can open or extend a session may say about it.
 *
 * @param customClaims as they were asked for: a null removes a claim that is there
 * @param device the device behind the telemetry id; empty if there is no such id, or no such device
 */
public record SessionWishes(Optional<Integer> minutes, ObjectNode customClaims, Optional<Device> device) {
    private static final int LEAST_MINUTES = 5;
    private static final int MOST_MINUTES = 527_040;
    private static final int MOST_CLAIM_BYTES = 4096;
    private static final int B2B_MINUTES = 60;

    public static SessionWishes in(Fields fields) {
        Optional<Device> device = fields.text("telemetry_id").flatMap(Devices::find);
        return new SessionWishes(minutesIn(fields), claimsIn(fields), device);
    }

    /** Returns the minutes asked for, else the hour that a B2B session lasts by default. */
    public int minutesOrHour() {
        return minutes.orElse(B2B_MINUTES);
    }

    /** Adds the device to a reply under that name; null if it is not known. */
    public ObjectNode describeDevice(ObjectNode body, String name) {
        device.ifPresentOrElse(known -> body.set(name, known.json()), () -> body.putNull(name));
        return body;
    }

    private static Optional<Integer> minutesIn(Fields fields) {
        Optional<Integer> minutes = fields.integer("session_duration_minutes");
        if (minutes.filter(asked -> asked < LEAST_MINUTES || asked > MOST_MINUTES)
                .isPresent()) {
            throw Refusal.of(ErrorType.INVALID_SESSION_DURATION_MINUTES);
        }
        return minutes;
    }

    private static ObjectNode claimsIn(Fields fields) {
        ObjectNode claims = fields.object("session_custom_claims").orElseGet(Json::object);
        if (Json.bytes(claims).length > MOST_CLAIM_BYTES) {
            throw Refusal.of(ErrorType.CUSTOM_CLAIMS_TOO_LARGE);
        }
        if (claims.propertyNames().stream().anyMatch(name -> name.startsWith("https://stytch.com/"))) {
            throw Refusal.of(ErrorType.STYTCH_CLAIMS_IN_CUSTOM_CLAIMS);
        }
        return claims;
    }
}
