package dev.sallyport.contract.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.rejection.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Rules that hold a reply against its call: by what the request names, and by what its own token claims. */
final class IdentityTest {
    private static final String CATALOG = """
            description: identities
            error-url: https://errors.invalid/{status}
            rules:
              user-as-asked:
                matches-any-of: {asked: "request:/user", answered: ["reply:/user"]}
              user-of-own-token:
                matches-any-of: {asked: "request-token:/sub", answered: ["reply:/user"]}
              status-is-status:
                equal: {values: ["reply:status", "reply:/status"]}
              project-as-called:
                matches-any-of: {asked: "request:project", answered: ["reply:/project"]}
            messages:
              user-as-asked: must be the one who asked
            operations:
              login:
                method: POST
                path: /login
                request-token: /jwt
                rules:
                  reply: [status-is-status]
                  identity: [user-as-asked, user-of-own-token, project-as-called]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    private final List<String> heard = new ArrayList<>();
    private final ContractEvents events = (operation, direction, violations, refused) ->
            violations.forEach(violation -> heard.add(violation.keyword() + (refused ? " refused" : " reported")));

    @BeforeEach
    void compile() {
        contract = pack(CATALOG).contract("login");
    }

    private PackFolder pack(String catalog) {
        return new PackFolder(folder)
                .withExact("catalog.yml", catalog)
                .with("login/request.schema.json", "{'type':'object','properties':{'jwt':{'type':'string'}}}")
                .with("login/reply.schema.json", "{'type':'object','properties':{'user':{'type':'string'}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{'sub':'u'}          | {'user':'u'}  | -",
                "{'sub':'u'}          | {'user':'v'}  | user-of-own-token",
                "{'sub':'u'}          | {}            | user-of-own-token",
                "{'sub':'u'}          | {'user':''}   | user-of-own-token",
                "{'sub':''}           | {'user':''}   | user-of-own-token",
                "{'sub':null}         | {'user':'u'}  | user-of-own-token",
                "{'sub':7}            | {'user':'7'}  | user-of-own-token",
                "{}                   | {'user':'u'}  | user-of-own-token",
                "[]                   | {'user':'u'}  | user-of-own-token",
                "nonsense             | {'user':'u'}  | user-of-own-token",
                "{'sub':'u','sub':'u'} | {'user':'u'} | user-of-own-token",
            })
    void a_reply_is_held_against_what_the_requests_own_token_claims(
            String claims, String reply, @Nullable String expected) {
        String request = "{'jwt':'" + jwt(claims) + "'}";

        assertThat(refusing(ModeSettings.ENFORCED, request, reply))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".", "..", "a.b", "a.!!!.c", "a.e30.c.d", "a.e30=.c"})
    void a_token_that_cannot_be_read_lets_no_reply_pass_for_its_own(String jwt) {
        assertThat(refusing(ModeSettings.ENFORCED, "{'jwt':'" + jwt + "'}", "{'user':'u'}"))
                .containsExactly("user-of-own-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'jwt':null}", "{'jwt':''}"})
    void without_a_token_there_is_nothing_to_compare(String request) {
        assertThat(refusing(ModeSettings.ENFORCED, request, "{'user':'u'}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enforce", "report", "enforce: 0%"})
    void identity_is_enforced_wherever_replies_are_read(String mode) {
        assertThat(refusing(ModeSettings.parse(mode), "{'user':'u'}", "{'user':'v'}"))
                .containsExactly("user-as-asked");
        assertThat(enforcement(ModeSettings.parse(mode), null).isOpen()).isFalse();
    }

    @Test
    void where_replies_are_not_read_there_is_nothing_to_compare() {
        assertThat(enforcement(ModeSettings.parse("off"), null).isOpen()).isTrue();
        assertThat(ContractEnforcement.ruleModes(
                        contract, ContractSettings.of(ModeSettings.ENFORCED, ModeSettings.parse("off")), true))
                .containsEntry("user-as-asked", "off");
    }

    @Test
    void only_a_setting_of_the_rule_itself_weakens_it() {
        var settings = new ContractSettings(
                ModeSettings.ENFORCED,
                ModeSettings.ENFORCED,
                Map.of("user-as-asked", "report"),
                Map.of(),
                SafetyCatchSettings.defaults(),
                DriftSettings.defaults());

        assertThat(ContractEnforcement.reply(contract, settings, events, null)
                        .refusing(call("{'user':'u'}"), facts("{'user':'u'}", "{'user':'v'}")))
                .isEmpty();
        assertThat(heard).containsExactly("user-as-asked reported");
    }

    @Test
    void what_cannot_be_compared_is_refused_although_replies_are_only_reported() {
        for (String body : List.of("<html>", "{'user':'u','user':'v'}", "")) {
            var filter = new ReplyContractFilter(enforcement(ModeSettings.REPORTED, null));
            assertThat(through(filter, call("{}"), answer(200, body)).getClass().getSimpleName())
                    .isEqualTo("Refusal");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void an_error_names_no_user_and_follows_the_mode(int status) {
        var reported = new ReplyContractFilter(enforcement(ModeSettings.REPORTED, null));
        var enforced = new ReplyContractFilter(enforcement(ModeSettings.ENFORCED, null));

        assertThat(through(reported, call("{}"), answer(status, "<html>"))).isInstanceOf(Answer.class);
        assertThat(through(enforced, call("{}"), answer(status, "<html>"))).isNotInstanceOf(Answer.class);
        assertThat(heard).containsExactly("error reported", "error refused");
    }

    @Test
    void the_status_of_the_body_is_that_of_the_head() {
        assertThat(refusing(ModeSettings.ENFORCED, "{}", "{'status':200}")).isEmpty();
        assertThat(refusing(ModeSettings.ENFORCED, "{}", "{'status':2e2}")).isEmpty();
        assertThat(refusing(ModeSettings.ENFORCED, "{}", "{'status':201}")).containsExactly("status-is-status");
        assertThat(refusing(ModeSettings.REPORTED, "{}", "{'status':201}")).isEmpty();
    }

    @Test
    void the_project_is_the_one_that_called() {
        var named = new Facts(null, document("{'project':'p'}"), null, 200, "p");
        var another = new Facts(null, document("{'project':'q'}"), null, 200, "p");

        assertThat(contract.replyViolations(named)).isEmpty();
        assertThat(contract.replyViolations(another))
                .extracting(Violation::keyword)
                .containsExactly("project-as-called");
    }

    @Test
    void the_safety_catch_never_lets_go_of_identity_or_of_a_broken_form() {
        var once = new SafetyCatchSettings(true, new Percent(1), Duration.ofMinutes(1), 15, Duration.ofMinutes(1));
        var safetyCatch = new SafetyCatch(once, () -> 0, released -> {});
        var filter = new ReplyContractFilter(enforcement(ModeSettings.ENFORCED, safetyCatch));
        for (int number = 0; number < 20; number++) {
            through(filter, call("{}"), answer(200, "{'user':7}"));
        }
        assertThat(safetyCatch.isReleased()).isTrue();
        assertThat(through(filter, call("{}"), answer(200, "{'user':7}"))).isInstanceOf(Answer.class);

        for (int number = 0; number < 40; number++) {
            assertThat(through(filter, call("{'user':'u'}"), answer(200, "{'user':'v'}")))
                    .isNotInstanceOf(Answer.class);
            assertThat(through(filter, call("{}"), answer(200, "<html>"))).isNotInstanceOf(Answer.class);
            assertThat(through(filter, call("{}"), answer(302, "{}"))).isNotInstanceOf(Answer.class);
            assertThat(through(filter, call("{}"), answer(503, "<html>"))).isNotInstanceOf(Answer.class);
        }
    }

    @Test
    void a_rule_may_say_what_it_means_in_words_of_the_pack() {
        assertThat(contract.replyViolations(facts("{'user':'u'}", "{'user':'v'}")))
                .extracting(Violation::message)
                .containsExactly("must be the one who asked");
    }

    @Test
    void what_a_pack_says_wrongly_stops_it() {
        wrong("    request-token: /jwt\n", "", "request-token is missing");
        wrong(
                "  user-as-asked: must be",
                "  no-such-rule: must be",
                "messages: names no rule of this catalog: no-such-rule");
        wrong("must be the one who asked", "' '", "messages.user-as-asked: must be a text of 1 to 200 characters");
        wrong("must be the one who asked", "\"a\\tb\"", "messages.user-as-asked: must be one line");
        wrong("    path: /login\n", "    path: /login\n    statuses: [302]\n", "statuses must be from 200 to 299");
        wrong("answered: [\"reply:/user\"]", "answered: []", "answered is empty");
        wrong(
                "equal: {values: [\"reply:status\", \"reply:/status\"]}",
                "when: {value: \"reply:/a\", is: x}",
                "needs one of");
    }

    private void wrong(String text, String instead, String expected) {
        assertThatThrownBy(() -> pack(CATALOG.replace(text, instead)).load())
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining(expected);
    }

    private List<String> refusing(ModeSettings mode, String request, String reply) {
        return enforcement(mode, null).refusing(call(request), facts(request, reply)).stream()
                .map(Violation::keyword)
                .toList();
    }

    private ContractEnforcement enforcement(ModeSettings mode, @Nullable SafetyCatch safetyCatch) {
        return ContractEnforcement.reply(
                contract, ContractSettings.of(ModeSettings.ENFORCED, mode), events, safetyCatch);
    }

    private Facts facts(String request, String reply) {
        return new Facts((Document) contract.readRequest(PackFolder.json(request)), document(reply), null, 200, null);
    }

    private Document document(String reply) {
        return (Document) contract.readReply(PackFolder.json(reply));
    }

    private ReadCall call(String request) {
        byte[] body = PackFolder.json(request);
        return new ReadCall(
                Call.of("login", new RequestLine("POST", "/login"), Headers.NONE, body, new Caller(null, "192.0.2.1")),
                (Document) contract.readRequest(body));
    }

    private static Reply through(ReplyContractFilter filter, ReadCall call, Answer answer) {
        return Objects.requireNonNull(
                filter.around(sent -> Mono.just(answer)).send(call).block());
    }

    private Answer answer(int status, String body) {
        var json = Headers.of(Map.of("content-type", "application/json"));
        return new ReplyReading(contract).read(status, json, PackFolder.json(body), Timing.NONE);
    }

    private static String jwt(String claims) {
        byte[] json = claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(json) + ".c2ln";
    }
}
