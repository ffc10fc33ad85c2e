package dev.sallyport.contract.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broken request leads to: its schema says that minutes is a number, its rules ask for one credential. */
final class ContractEnforcementTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    private final List<String> heard = new ArrayList<>();
    private final ContractEvents events = (operation, direction, violations, refused) ->
            violations.forEach(violation -> heard.add(violation.keyword() + (refused ? " refused" : " reported")));

    @BeforeEach
    void pack() {
        contract = SmallPack.in(folder).contract("login");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // door      | any operation's rule | this operation's rule | refused for            | reported
                "enforce     | -                    | -                     | type one-credential    | reserved",
                "report      | -                    | -                     |                        | type one-credential reserved",
                "enforce     | report               | -                     | type                   | one-credential reserved",
                "enforce     | report               | enforce               | type one-credential    | reserved",
                "enforce     | enforce              | off                   | type                   | reserved",
                "off         | -                    | -                     |                        | ",
                "off         | enforce              | -                     | one-credential         | ",
                "report      | -                    | enforce               | one-credential         | type reserved",
                "enforce: 0% | -                    | -                     |                        | type one-credential reserved",
            })
    void the_nearest_mode_decides(
            String enforcement,
            @Nullable String rule,
            @Nullable String here,
            @Nullable String refused,
            @Nullable String reported) {
        var settings = modes(
                ModeSettings.parse(enforcement),
                rule == null ? Map.of() : Map.of("one-credential", rule),
                here == null ? Map.of() : Map.of("login.rules.one-credential", here));

        List<Violation> refusing = refusing(settings, call(Map.of()));

        assertThat(String.join(" ", refusing.stream().map(Violation::keyword).toList()))
                .isEqualTo(refused == null ? "" : refused);
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        expected(refused == null ? "" : refused, reported == null ? "" : reported));
    }

    /** Otherwise a caller would try ids until one suits it. */
    @Test
    void a_share_does_not_follow_the_callers_request_id() {
        var settings = ContractSettings.of(ModeSettings.parse("enforce: 25%"), ModeSettings.ENFORCED);
        long refused = IntStream.range(0, 1000)
                .mapToObj(number -> call(Map.of("X-Request-Id", "always the same")))
                .filter(call -> !refusing(settings, call).isEmpty())
                .count();

        assertThat(refused).isBetween(150L, 350L);
    }

    @Test
    void a_share_is_drawn_for_each_call_and_kept_by_it() {
        var settings = ContractSettings.of(ModeSettings.parse("enforce: 50%"), ModeSettings.ENFORCED);
        var refusals = new ArrayList<Boolean>();
        for (int number = 0; number < 400; number++) {
            ReadCall call = call(Map.of());
            boolean refused = !refusing(settings, call).isEmpty();
            assertThat(refusing(settings, call.withBody(new byte[0])).isEmpty()).isEqualTo(!refused);
            refusals.add(refused);
        }

        assertThat(refusals.stream().filter(refused -> refused).count()).isBetween(120L, 280L);
    }

    @Test
    void a_released_safety_catch_reports_the_schema_and_nothing_else() {
        var settings = ContractSettings.of(ModeSettings.ENFORCED, ModeSettings.ENFORCED);
        var once = new SafetyCatchSettings(true, new Percent(1), Duration.ofMinutes(1), 1, Duration.ofMinutes(1));
        var reply =
                ContractEnforcement.reply(contract, settings, events, new SafetyCatch(once, () -> 0, released -> {}));
        var bindings = ContractEnforcement.bindings(contract, settings, events);
        var broken = new Violation("/user", "type", "login#reply", "must be string", null);
        var facts = new Facts(null, document("{'user':'u'}"), null);

        assertThat(reply.refusing(call(Map.of()), facts, List.of(broken))).isEmpty();
        assertThat(bindings.refusing(call(Map.of()), facts)).isNotEmpty();
        assertThat(heard).containsExactly("type reported", "token-when-user refused");
    }

    @Test
    void bindings_are_enforced_although_replies_are_only_reported() {
        var settings = ContractSettings.of(ModeSettings.REPORTED, ModeSettings.parse("off"));
        var named = modes(ModeSettings.ENFORCED, Map.of("token-when-user", "report"), Map.of());
        var facts = new Facts(null, document("{'user':'u'}"), null);

        assertThat(ContractEnforcement.bindings(contract, settings, events).refusing(call(Map.of()), facts))
                .hasSize(1);
        assertThat(ContractEnforcement.bindings(contract, named, events).refusing(call(Map.of()), facts))
                .isEmpty();
        assertThat(ContractEnforcement.bindings(contract, named, events))
                .hasToString("enforce, token-when-user=report");
    }

    @Test
    void where_no_token_is_verified_the_bindings_that_need_none_hold_at_the_door() {
        var settings = ContractSettings.of(ModeSettings.ENFORCED, ModeSettings.REPORTED);
        var facts = new Facts(null, document("{'user':'u'}"), null);

        assertThat(ContractEnforcement.replyWithBindings(contract, settings, events, null)
                        .refusing(call(Map.of()), facts))
                .extracting(Violation::keyword)
                .containsExactly("token-when-user");
        assertThat(ContractEnforcement.reply(contract, settings, events, null).refusing(call(Map.of()), facts))
                .isEmpty();
    }

    @Test
    void a_binding_that_needs_a_token_is_off_where_none_is_verified() throws Exception {
        Contract bound = SmallPack.in(folder)
                .withExact(
                        "catalog.yml",
                        SmallPack.CATALOG
                                .replace(
                                        "operations:",
                                        "  names-a-user:\n    all-present: {values: [\"token:/sub\"]}\noperations:")
                                .replace("[token-when-user, subject", "[names-a-user, token-when-user, subject"))
                .contract("login");
        var settings = ContractSettings.defaults();

        assertThat(ContractEnforcement.ruleModes(bound, settings, false))
                .containsEntry("names-a-user", "off")
                .containsEntry("token-when-user", "enforce")
                .containsEntry("subject-is-user", "enforce");
        assertThat(ContractEnforcement.ruleModes(bound, settings, true)).containsEntry("names-a-user", "enforce");
        assertThat(ContractEnforcement.replyWithBindings(bound, settings, events, null)
                        .refusing(call(Map.of()), new Facts(null, document("{'jwt':'j','user':'u'}"), null)))
                .isEmpty();
    }

    @Test
    void a_door_with_nothing_behind_it_is_open() {
        assertThat(ContractEnforcement.reply(contract, modes("off"), events, null)
                        .isOpen())
                .isTrue();
        assertThat(ContractEnforcement.reply(contract, modes("report"), events, null)
                        .isOpen())
                .isFalse();
    }

    private List<Violation> refusing(ContractSettings settings, ReadCall call) {
        Document document = (Document) contract.readRequest(PackFolder.json("{'minutes':'x','claims':{'sub':1}}"));
        return ContractEnforcement.request(contract, settings, events)
                .refusing(call, Facts.of(document), document.violations());
    }

    private Document document(String reply) {
        return (Document) contract.readReply(PackFolder.json(reply));
    }

    private static ContractSettings modes(
            ModeSettings enforcement, Map<String, String> rules, Map<String, String> here) {
        return new ContractSettings(
                enforcement,
                ModeSettings.ENFORCED,
                rules,
                here,
                SafetyCatchSettings.defaults(),
                DriftSettings.defaults());
    }

    private static ContractSettings modes(String mode) {
        return ContractSettings.of(ModeSettings.parse(mode), ModeSettings.parse(mode));
    }

    private static ReadCall call(Map<String, String> headers) {
        return Calls.unread(Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(headers),
                new byte[0],
                new Caller("project", "192.0.2.1")));
    }

    private static List<String> expected(String refused, String reported) {
        List<String> all = new ArrayList<>();
        List.of(refused.split(" ")).forEach(name -> all.add(name + " refused"));
        List.of(reported.split(" ")).forEach(name -> all.add(name + " reported"));
        all.removeIf(text -> text.startsWith(" "));
        return all;
    }
}
