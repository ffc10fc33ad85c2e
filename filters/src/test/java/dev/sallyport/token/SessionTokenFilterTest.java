package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.enforcement.RequestReading;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Violation;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import dev.sallyport.token.keys.Keys;
import dev.sallyport.token.keys.fetch.FetchFailed;
import dev.sallyport.token.keys.fetch.FetchFault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

final class SessionTokenFilterTest {
    private static final long NOW = 1_800_000_000;
    private final FetchFailed lastFailure = new FetchFailed(FetchFault.TIMED_OUT, null);
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    private final List<String> heard = new ArrayList<>();
    private @Nullable KeySet known = Keys.set(Keys.GOOD);
    private Mono<KeySet> newer = Mono.empty();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void compile() {
        contract = SmallPack.in(folder).contract("login");
    }

    @Test
    void a_verified_and_bound_token_passes_with_the_very_answer() {
        Answer answer = answer(token("user", Keys.GOOD), "user");

        assertThat(((Answer) reply(answer)).body()).isSameAs(answer.body());
        assertThat(heard).containsExactly("verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'jwt':null}", "{'jwt':''}"})
    void a_reply_without_a_token_passes_where_the_bindings_say_so(String body) {
        assertThat(reply(read(body))).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'user':'s3cr3t'}", "{'user':'s3cr3t','jwt':''}"})
    void a_reply_without_a_token_is_refused_where_one_is_due(String body) {
        refused(reply(read(body)), TokenFault.NOT_BOUND);
    }

    @Test
    void a_genuine_token_of_another_user_is_refused() {
        refused(reply(answer(token("s3cr3t", Keys.GOOD), "user")), TokenFault.NOT_BOUND);
    }

    @Test
    void a_forged_token_is_refused_and_nothing_of_the_reply_is_passed_on() {
        refused(reply(answer(token("s3cr3t", Keys.OTHER).replace("x", "y"), "s3cr3t")), null);
        refused(reply(answer("s3cr3t", "s3cr3t")), TokenFault.MALFORMED);
    }

    @Test
    void a_reply_that_could_not_be_read_is_refused() {
        var broken = new BrokenForm(new Violation("", "json", "login#reply/json", "is no JSON", null));
        Reply reply = Calls.through(
                filter(), Calls.unread(Calls.call("{}")), call -> Mono.just(Calls.answer(200, "{}", broken)));

        refused(reply, TokenFault.NO_DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{'jwt':'forged','user':'user'}]", "'forged'", "null"})
    void a_reply_that_is_no_object_is_refused_whatever_the_mode_of_its_contract(String body) {
        refused(reply(read(body)), TokenFault.NO_DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 302, 304})
    void what_is_neither_success_nor_error_is_refused_whatever_the_mode_of_its_contract(int status) {
        refused(reply(read(status, "{'jwt':'forged','user':'user'}")), TokenFault.NO_DOCUMENT);
    }

    @Test
    void a_token_for_a_call_without_a_project_is_refused() {
        Call call = Calls.call("{}", Map.of(), null);

        refused(through(call, answer(token("user", Keys.GOOD), "user")), TokenFault.NO_PROJECT);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500})
    void the_providers_own_errors_pass_untouched(int status) {
        Answer error = Calls.answer(status, "{'jwt':'forged'}");

        assertThat(((Answer) reply(error)).body()).isSameAs(error.body());
        assertThat(heard).isEmpty();
    }

    @Test
    void without_keys_nothing_passes_and_it_is_the_keys_that_are_missing() {
        known = null;

        Reply reply = reply(answer(token("user", Keys.GOOD), "user"));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.SESSION_KEYS_UNAVAILABLE);
        assertThat(Calls.rejection(reply).reason().status()).isEqualTo(503);
        assertThat(reply.timing()).isEqualTo(Calls.TIMING);
        assertThat(Calls.rejection(reply).cause()).isSameAs(lastFailure);
        assertThat(heard).containsExactly("keys unavailable");
    }

    @Test
    void the_first_call_waits_for_the_keys() {
        known = null;
        newer = Mono.just(Keys.set(Keys.GOOD));

        assertThat(reply(answer(token("user", Keys.GOOD), "user"))).isInstanceOf(Answer.class);
        assertThat(asked).containsExactly("good");
    }

    @Test
    void an_unknown_key_id_is_looked_for_in_newer_keys() {
        newer = Mono.just(Keys.set(Keys.GOOD, Keys.OTHER));

        assertThat(reply(answer(token("user", Keys.OTHER), "user"))).isInstanceOf(Answer.class);
        assertThat(asked).containsExactly("other");
    }

    @Test
    void a_key_id_that_newer_keys_do_not_know_either_is_refused() {
        refused(reply(answer(token("user", Keys.OTHER), "user")), TokenFault.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @CsvSource({"0, NO_KEY_ID", "257, UNKNOWN_KEY"})
    void an_impossible_key_id_makes_no_fetch(int length, TokenFault fault) {
        refused(reply(answer(token("user", Keys.named("x".repeat(length))), "user")), fault);

        assertThat(asked).isEmpty();
    }

    @Test
    void a_malformed_token_makes_no_fetch_even_before_the_first() {
        known = null;

        refused(reply(answer("s3cr3t", "s3cr3t")), TokenFault.MALFORMED);

        assertThat(asked).isEmpty();
    }

    @Test
    void a_bad_signature_makes_no_fetch_of_keys() {
        String token = token("user", Keys.GOOD);

        reply(answer(token.substring(0, token.length() - 8) + "AAAAAAAA", "user"));

        assertThat(asked).isEmpty();
    }

    private void refused(Reply reply, @Nullable TokenFault fault) {
        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.SESSION_TOKEN_REFUSED);
        assertThat(reply.toString()).doesNotContain("s3cr3t");
        assertThat(heard).last().asString().startsWith(fault == null ? "refused" : "refused " + fault);
        assertThat(Calls.rejection(reply).retryAfter()).isNull();
    }

    @Test
    void keys_are_not_waited_for_beyond_the_calls_time() {
        known = null;
        newer = Mono.never();
        Call hasty = Calls.within(Calls.call("{'token':'t'}"), Duration.ofMillis(100));

        Reply reply = through(hasty, answer(token("user", Keys.GOOD), "user"));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.SESSION_KEYS_UNAVAILABLE);
    }

    private Reply reply(Answer answer) {
        return through(Calls.call("{'token':'t'}"), answer);
    }

    private Reply through(Call call, Answer answer) {
        return Calls.through(new RequestReading(contract), call, filter().around(sent -> Mono.just(answer)));
    }

    private SessionTokenFilter filter() {
        KeySource keys = new KeySource() {
            @Override
            public @Nullable KeySet known(Issuer issuer) {
                return known;
            }

            @Override
            public Mono<KeySet> having(Issuer issuer, String keyId) {
                asked.add(keyId);
                return newer;
            }

            @Override
            public Throwable lastFailure(Issuer issuer) {
                return lastFailure;
            }
        };
        var terms = new TokenTerms(
                ContractEnforcement.bindings(
                        contract, ContractSettings.defaults(), (operation, direction, violations, refused) -> {}),
                new TokenLimits(Duration.ofSeconds(5), Duration.ofMinutes(5), 16 * 1024),
                new Expectations("https://issuer.invalid", Map.of()));
        return new SessionTokenFilter(contract, terms, keys, new Recording(), CLOCK);
    }

    private Answer answer(String token, String user) {
        return read("{'jwt':'" + token + "','user':'" + user + "'}");
    }

    private Answer read(String body) {
        return read(200, body);
    }

    private Answer read(int status, String body) {
        Answer answer = Calls.answer(status, body);
        return new ReplyReading(contract).read(status, answer.headers(), answer.body(), answer.timing());
    }

    private static String token(String subject, RSAKey key) {
        String header = "{'alg':'RS256','typ':'JWT','kid':'" + key.getKeyID() + "'}";
        String claims = "{'sub':'" + subject + "','iss':'https://issuer.invalid','aud':['project'],'iat':" + NOW
                + ",'exp':" + (NOW + 300) + "}";
        return Keys.token(header.replace('\'', '"'), claims.replace('\'', '"'), key);
    }

    private final class Recording implements TokenEvents {
        @Override
        public void verified(Operation operation) {
            heard.add("verified");
        }

        @Override
        public void none(Operation operation) {
            heard.add("none");
        }

        @Override
        public void refused(Operation operation, TokenFault fault) {
            heard.add("refused " + fault);
        }

        @Override
        public void keysUnavailable(Operation operation) {
            heard.add("keys unavailable");
        }
    }
}
