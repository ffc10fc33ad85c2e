package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.device.Advice;
import dev.sallyport.sandbox.device.Device;
import dev.sallyport.sandbox.device.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DevicesTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    @ParameterizedTest
    @CsvSource({
        "026ac93b-8cdf-4fcb-bfa6-36a31cfecac1, ALLOW",
        "telemetry-allow-1, ALLOW",
        "telemetry-challenge-1, CHALLENGE",
        "telemetry-block-1, BLOCK",
        "telemetry-challenge-block-1, BLOCK",
    })
    void the_telemetry_id_steers_the_advice(String telemetryId, Advice advice) {
        Device device = Devices.find(telemetryId).orElseThrow();

        assertThat(device.advice()).isEqualTo(advice);
        assertThat(device.advice().reasons().isEmpty()).isEqualTo(advice == Advice.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "telemetry-unknown-1", "telemetry-unknown-block-1"})
    void some_telemetry_ids_stand_for_no_device(String telemetryId) {
        assertThat(Devices.find(telemetryId)).isEmpty();
    }

    @Test
    void the_same_telemetry_id_is_always_the_same_device() {
        Device first = Devices.find("telemetry-1").orElseThrow();
        Device again = Devices.find("telemetry-1").orElseThrow();
        Device other = Devices.find("telemetry-2").orElseThrow();

        assertThat(again.visitorId()).isEqualTo(first.visitorId()).isNotEqualTo(other.visitorId());
        assertThat(first.visitorId()).matches("visitor-[0-9a-f-]{36}");
        assertThat(first.identifier("hardware-fingerprint")).matches("hardware-fingerprint-[0-9a-f-]{36}");
    }

    @Test
    void only_a_device_that_is_not_new_was_seen_before() {
        var familiar = Devices.find("telemetry-1").orElseThrow().json();
        var fresh = Devices.find("telemetry-new-1").orElseThrow().json();

        assertThat(familiar.at("/visitor_id_details/is_new").asBoolean(true)).isFalse();
        assertThat(familiar.at("/visitor_id_details/first_seen_at").asString()).isNotEmpty();
        assertThat(fresh.at("/visitor_id_details/is_new").asBoolean()).isTrue();
        assertThat(fresh.at("/visitor_id_details").has("first_seen_at")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"telemetry-1, true", "telemetry-unknown-1, false"})
    void a_reply_describes_a_device_that_is_known(String telemetryId, boolean known) {
        Client client = SANDBOX.client();

        JsonNode user = client.migrateUser(Client.goodUserMigration().put("telemetry_id", telemetryId))
                .json();
        JsonNode member = client.exchange(Client.goodExchange().put("telemetry_id", telemetryId))
                .json();

        assertThat(user.path("user_device").isObject()).isEqualTo(known);
        assertThat(member.path("member_device")).isEqualTo(user.path("user_device"));
    }

    @Test
    void without_a_telemetry_id_no_device_is_known() {
        JsonNode reply =
                SANDBOX.client().migrateUser(Client.goodUserMigration()).json();

        assertThat(reply.path("user_device").isNull()).isTrue();
    }

    @Test
    void a_device_prints_without_its_telemetry_id() {
        assertThat(Devices.find("telemetry-1").orElseThrow()).hasToString("Device[ALLOW]");
    }
}
