package dev.sallyport.caller;

import static dev.sallyport.call.Calls.answer;
import static dev.sallyport.call.Calls.call;
import static dev.sallyport.call.Calls.rejection;
import static dev.sallyport.call.Calls.through;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.CredentialKey;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.caller.CallerTokens.Refused;
import dev.sallyport.caller.CallerTokens.Subject;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.caller.KeyHash;
import dev.sallyport.config.value.Secret;
import dev.sallyport.rejection.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Who gets through, as whom, and what the provider is shown. */
final class CallerFilterTest {
    private static final byte[] HASH_KEY = new byte[32];
    private static final byte[] OLD_HASH_KEY = {
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final ApiKey KEY = ApiKey.random(new SecureRandom());
    private static final ApiKey OLD_KEY = ApiKey.random(new SecureRandom());
    private static final ApiKey OTHERS_KEY = ApiKey.random(new SecureRandom());
    private static final String PROVIDERS = "Basic cHJvamVjdDpzZWNyZXQ=";

    private final List<String> heard = new ArrayList<>();
    private final List<Call> sent = new ArrayList<>();
    private final FailedCalls failures = new FailedCalls(System::nanoTime);
    private final Upstream<Call> provider = call -> {
        sent.add(call);
        return Mono.just(answer(200, "{}"));
    };

    @Test
    void a_key_proves_its_caller_as_the_password_of_basic_credentials_and_as_a_bearer_token() {
        for (String shown : List.of(basic("project", KEY), "Bearer " + KEY.reveal(), basic("project", OLD_KEY))) {
            Call call = call("{}", Map.of("Authorization", shown, "X-Other", "stays"), "project");

            Reply reply = through(filter("*"), call, provider);

            assertThat(reply).isInstanceOf(Reply.Answer.class);
            assertThat(last().headers().first("authorization")).isEqualTo(PROVIDERS);
            assertThat(last().headers().first("x-other")).isEqualTo("stays");
            assertThat(call.callerName()).as("all copies know it").isEqualTo("billing");
        }
        assertThat(heard).containsOnly("proven billing key");
    }

    @Test
    void what_a_proven_caller_is_known_by_is_its_name_and_neither_its_key_nor_the_providers_secret() {
        Call one = sent(basic("project", KEY));
        Call again = sent(basic("project", OLD_KEY));
        Call another = sent(basic("project", OTHERS_KEY));

        assertThat(one.identity()).isEqualTo(again.identity()).isNotEqualTo(another.identity());
        assertThat(CredentialKey.of("project", identity(one)))
                .isNotEqualTo(CredentialKey.of("project", identity(another)));
        assertThat(one.identity()).doesNotContain(PROVIDERS, KEY.reveal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic cHJvamVjdDpzZWNyZXQ=",
                "Bearer secret",
                "Bearer sallyport_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Digest x",
                "Basic %%%"
            })
    void nothing_else_gets_through_not_even_the_providers_own_secret(String shown) {
        Map<String, String> headers = shown.isEmpty() ? Map.of() : Map.of("Authorization", shown);
        Call call = call("{}", headers, "project");

        Reply reply = through(filter("*"), call, provider);

        assertThat(rejection(reply).reason()).isEqualTo(Reason.CALLER_UNPROVEN);
        assertThat(sent).isEmpty();
        assertThat(call.callerName()).isNull();
        assertThat(heard).hasSize(1).allMatch(line -> line.startsWith("refused null"));
    }

    @Test
    void a_key_with_another_ending_is_unknown_although_its_id_is_known() {
        String forged = KEY.reveal().substring(0, KEY.reveal().length() - 2) + "xx";

        Reply reply = through(filter("*"), call("{}", Map.of("Authorization", "Bearer " + forged), null), provider);

        assertThat(rejection(reply).reason()).isEqualTo(Reason.CALLER_UNPROVEN);
        assertThat(heard).containsExactly("refused null UNKNOWN_KEY");
    }

    @Test
    void a_token_proves_the_caller_that_it_names_and_no_other() {
        assertThat(through(filter("*"), call("{}", Map.of("Authorization", "Bearer good"), null), provider))
                .isInstanceOf(Reply.Answer.class);
        Reply stranger = through(filter("*"), call("{}", Map.of("Authorization", "Bearer stranger"), null), provider);
        Reply expired = through(filter("*"), call("{}", Map.of("Authorization", "Bearer old"), null), provider);
        Reply keyless = through(filter("*"), call("{}", Map.of("Authorization", "Bearer keyless"), null), provider);

        assertThat(rejection(stranger).reason()).isEqualTo(Reason.CALLER_UNPROVEN);
        assertThat(rejection(expired)).isEqualTo(rejection(stranger));
        assertThat(rejection(keyless).reason()).isEqualTo(Reason.CALLER_KEYS_UNAVAILABLE);
        assertThat(heard)
                .containsExactly(
                        "proven billing token",
                        "refused null UNKNOWN_SUBJECT",
                        "refused null TOKEN_EXPIRED",
                        "refused null NO_KEYS");
    }

    @Test
    void a_proven_caller_makes_no_call_that_it_is_not_permitted() {
        Reply operation = through(
                filter("sessions.migrate"),
                call("{}", Map.of("Authorization", basic("project", KEY)), "project"),
                provider);
        Reply project =
                through(filter("*"), call("{}", Map.of("Authorization", basic("other", KEY)), "other"), provider);
        Reply unreadable =
                through(filter("*"), call("{}", Map.of("Authorization", basic("a\u0001", KEY)), null), provider);

        assertThat(rejection(operation).reason()).isEqualTo(Reason.CALLER_NOT_PERMITTED);
        assertThat(rejection(project).reason()).isEqualTo(Reason.CALLER_NOT_PERMITTED);
        assertThat(rejection(unreadable).reason()).isEqualTo(Reason.CALLER_NOT_PERMITTED);
        assertThat(sent).isEmpty();
        assertThat(heard)
                .containsExactly("refused billing OPERATION", "refused billing PROJECT", "refused billing PROJECT");
    }

    @Test
    void refusals_of_an_address_that_goes_on_failing_wait_and_good_calls_from_it_do_not() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        CallerFilter filter = filter("*", new SlowRefusals(failures, events(), () -> time));
        Call bad = call("{}", Map.of(), null);
        for (int number = 0; number < 5; number++) {
            assertThat(through(filter, bad, provider)).isInstanceOf(Reply.Refusal.class);
        }

        StepVerifier.create(filter.filter(bad, provider))
                .then(() -> assertThat(heard).contains("slowed down"))
                .then(() -> assertThat(through(
                                filter,
                                call("{}", Map.of("Authorization", basic("project", KEY)), "project"),
                                provider))
                        .isInstanceOf(Reply.Answer.class))
                .then(() -> time.advanceTimeBy(java.time.Duration.ofMillis(250)))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void a_public_key_set_is_asked_for_without_anything_that_proves_a_caller() {
        through(new AnonymousFilter(), call("{}", Map.of("Authorization", basic("project", KEY)), "project"), provider);

        assertThat(last().headers().first("authorization")).isNull();
        assertThat(last().callerName()).isNull();
    }

    private Call sent(String authorization) {
        through(filter("*"), call("{}", Map.of("Authorization", authorization), "project"), provider);
        return last();
    }

    private Call last() {
        return sent.get(sent.size() - 1);
    }

    private static String identity(Call call) {
        @Nullable String identity = call.identity();
        assertThat(identity).isNotNull();
        return identity == null ? "" : identity;
    }

    private CallerFilter filter(String operations) {
        return filter(operations, new SlowRefusals(failures, events(), Schedulers::immediate));
    }

    private CallerFilter filter(String operations, SlowRefusals refusals) {
        List<String> all = List.of("*");
        List<KeyHash> keys =
                List.of(KeyHash.parse(KEY.setting(HASH_KEY)), KeyHash.parse(OLD_KEY.setting(OLD_HASH_KEY)));
        var billing = new CallerSettings(
                "billing", keys, List.of(), List.of("billing-service"), List.of(operations), all, all, List.of());
        var other = new CallerSettings(
                "other",
                List.of(KeyHash.parse(OTHERS_KEY.setting(HASH_KEY))),
                List.of(),
                List.of(),
                all,
                all,
                all,
                List.of());
        // subjects need an issuer in settings; what reads its tokens is given here
        var settings = new CallersSettings(
                List.of(secret(HASH_KEY), secret(OLD_HASH_KEY)), TestIssuer.SETTINGS, List.of(billing, other));
        var known = new KnownCallers(settings, Set.of("project"));
        var check = new CallerCheck(known, this::read, events());
        return new CallerFilter(
                check, new Target("b2b.sessions.exchange", true, false), refusals, Map.of("project", PROVIDERS));
    }

    private Mono<CallerTokens.Outcome> read(String token, dev.sallyport.call.Deadline deadline) {
        return Mono.just(
                switch (token) {
                    case "good" -> new Subject("billing-service");
                    case "stranger" -> new Subject("another-service");
                    case "old" -> new Refused(Denial.TOKEN_EXPIRED);
                    case "keyless" -> new Refused(Denial.NO_KEYS);
                    default -> new Refused(Denial.TOKEN_REFUSED);
                });
    }

    private CallerEvents events() {
        return new CallerEvents() {
            @Override
            public void proven(String caller, Means by) {
                heard.add("proven " + caller + " " + by.label());
            }

            @Override
            public void refused(@Nullable String caller, Denial why) {
                heard.add("refused " + caller + " " + why);
            }

            @Override
            public void slowedDown() {
                heard.add("slowed down");
            }
        };
    }

    private static Secret secret(byte[] key) {
        return Secret.of(Base64.getEncoder().encodeToString(key));
    }

    private static String basic(String user, ApiKey key) {
        byte[] both = (user + ":" + key.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}
