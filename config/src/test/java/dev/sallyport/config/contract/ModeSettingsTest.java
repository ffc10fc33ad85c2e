package dev.sallyport.config.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which mode holds for a door and a rule, and for how many calls. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class ModeSettingsTest {
    @Test
    void the_nearest_mode_wins() {
        var contracts = new ContractSettings(
                ModeSettings.REPORTED,
                null,
                Map.of("echo", "enforce", "binding", "enforce: 5%"),
                Map.of(
                        "b2b.sessions.migrate.request", "off",
                        "b2b.sessions.migrate.reply.enforce", "25%",
                        "b2b.sessions.migrate.rules.echo", "report",
                        "sessions.revoke.rules.echo.enforce", "10"),
                null,
                null);

        assertThat(contracts.request("b2b.sessions.migrate")).hasToString("off");
        assertThat(contracts.reply("b2b.sessions.migrate")).hasToString("enforce 25%");
        assertThat(contracts.request("sessions.jwks")).hasToString("report");
        assertThat(contracts.reply("sessions.jwks")).hasToString("enforce");
        assertThat(contracts.rule("b2b.sessions.migrate", "echo")).hasToString("Optional[report]");
        assertThat(contracts.rule("sessions.revoke", "echo")).hasToString("Optional[enforce 10%]");
        assertThat(contracts.rule("sessions.jwks", "echo")).hasToString("Optional[enforce]");
        assertThat(contracts.rule("sessions.jwks", "binding")).hasToString("Optional[enforce 5%]");
        assertThat(contracts.rule("sessions.jwks", "other")).isEmpty();
        assertThat(contracts.operationIds()).containsExactly("b2b.sessions.migrate", "sessions.revoke");
        assertThat(contracts.ruleNames())
                .containsOnly(
                        Map.entry("sallyport.contracts.rules.echo", "echo"),
                        Map.entry("sallyport.contracts.rules.binding", "binding"),
                        Map.entry("sallyport.contracts.operations.b2b.sessions.migrate.rules.echo", "echo"),
                        Map.entry("sallyport.contracts.operations.sessions.revoke.rules.echo", "echo"));
    }

    @ParameterizedTest
    @CsvSource({
        "off, off, false, false",
        "false, off, false, false",
        "report, report, false, false",
        "enforce, enforce, true, true",
        "Enforce: 25%, enforce 25%, true, false",
        "enforce 25, enforce 25%, true, false",
        "enforce:0%, enforce 0%, false, false",
    })
    void a_mode_is_enforced_for_its_share_of_calls(String written, String shown, boolean first, boolean last) {
        ModeSettings mode = ModeSettings.parse(written);

        assertThat(mode).hasToString(shown);
        assertThat(mode.refuses(() -> 0)).isEqualTo(first);
        assertThat(mode.refuses(() -> 99)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "enforce, report, report",
        "report, enforce, report",
        "off, report, off",
        "enforce: 5%, enforce, enforce 5%"
    })
    void the_milder_of_two_modes_is_the_one_with_less_refusals(String one, String other, String milder) {
        assertThat(ModeSettings.parse(one).atMost(ModeSettings.parse(other))).hasToString(milder);
    }
}
