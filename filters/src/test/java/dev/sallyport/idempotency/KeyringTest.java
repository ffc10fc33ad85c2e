package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.RequestLine;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.Claim.State;
import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.laws.Laws;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyringTest {
    private static final byte[] OLD = "an old key, which has 32 bytes..".getBytes(UTF_8);
    private static final byte[] NEW = "a new key, which has 32 bytes...".getBytes(UTF_8);
    private static final Set<String> CREDENTIALS = Set.of("x-member-session");
    private static final byte[] ANSWER = "{\"session_token\":\"s3cr3t\"}".getBytes(UTF_8);

    private final Keyring old = new Keyring(List.of(OLD));
    private final Keyring rotated = new Keyring(List.of(NEW, OLD));

    /** RFC 5869, appendix A.1 and A.3, their first block. */
    @ParameterizedTest
    @CsvSource({
        "000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9, 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
        "'', '', 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    })
    void keys_are_derived_as_the_standard_has_it(String salt, String purpose, String derived) {
        HexFormat hex = HexFormat.of();
        byte[] secret = hex.parseHex("0b".repeat(22));

        assertThat(new Hkdf(hex.parseHex(salt), secret).expand(hex.parseHex(purpose), 32))
                .isEqualTo(hex.parseHex(derived));
    }

    @Test
    void the_same_call_of_the_same_caller_has_the_same_name_and_fingerprint_and_another_owner() {
        Wish one = old.wish(call("project", "Basic a"), CREDENTIALS, "key");
        Wish other = old.wish(call("project", "Basic a"), CREDENTIALS, "key");

        assertThat(one.names()).isEqualTo(other.names());
        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
        assertThat(one.owner()).isNotEqualTo(other.owner()).hasSize(22);
    }

    @Test
    void every_caller_has_keys_of_its_own() {
        Stream<Call> callers = Stream.of(
                call("project", "Basic a"),
                call("project", "Basic b"),
                call("project-2", "Basic a"),
                call(null, "Basic a"),
                call("project", null),
                call("projectBasic", " a"),
                call("POST", "/login", "{}", Map.of("authorization", "Basic a", "x-member-session", "one")),
                call("POST", "/login", "{}", Map.of("authorization", "Basic a", "x-member-session", "two")),
                call("POST", "/login", "{}", Map.of("authorization", "Basic a", "x-member-session", "")));

        List<String> names = callers.map(
                        caller -> old.wish(caller, CREDENTIALS, "key").name())
                .toList();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        assertThat(old.wish(call("project", "Basic a"), CREDENTIALS, "key2").name())
                .isNotIn(names);
    }

    @Test
    void whatever_differs_between_two_calls_changes_the_fingerprint() {
        Map<String, String> headers = Map.of("authorization", "Basic a");
        Stream<Call> calls = Stream.of(
                call("POST", "/login", "{}", headers),
                call("POST", "/login?a=b", "{}", headers),
                call("POST", "/login", "{ }", headers),
                call("POST", "/login", "", headers),
                call("PUT", "/login", "{}", headers),
                call("POST", "/log", "in{}", headers));

        List<String> fingerprints = calls.map(
                        call -> old.wish(call, CREDENTIALS, "key").fingerprint())
                .toList();

        assertThat(new HashSet<>(fingerprints)).hasSameSizeAs(fingerprints);
    }

    @Test
    void other_header_fields_make_no_other_call() {
        Wish one =
                old.wish(call("POST", "/", "{}", Map.of("authorization", "a", "x-request-id", "1")), Set.of(), "key");
        Wish two =
                old.wish(call("POST", "/", "{}", Map.of("authorization", "a", "x-request-id", "2")), Set.of(), "key");

        assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(two.names()).isEqualTo(one.names());
    }

    @Test
    void an_answer_is_opened_by_the_key_that_sealed_it_for_its_operation_and_name() {
        Wish wish = wish(old);
        SealedAnswer sealed = old.sealed(ANSWER, "login", wish);

        assertThat(old.opened(held(0, sealed), "login", wish)).isEqualTo(ANSWER);
        assertThat(old.opened(held(0, sealed), "logout", wish)).isNull();
        Wish another = old.wish(call("project", "Basic b"), CREDENTIALS, "key");
        assertThat(old.opened(held(0, sealed), "login", another)).isNull();
        assertThat(new Keyring(List.of(NEW)).opened(held(0, sealed), "login", wish))
                .isNull();
        assertThat(new String(sealed.bytes(), UTF_8)).doesNotContain("session", "s3cr3t");
    }

    @Test
    void two_keys_look_under_both_names_and_open_what_either_sealed() {
        Wish wish = wish(rotated);
        Wish before = wish(old);
        SealedAnswer sealed = old.sealed(ANSWER, "login", before);

        assertThat(wish.names()).hasSize(2).endsWith(before.name());
        Held ofOld = new Held(1, State.SUCCEEDED, before.fingerprint(), sealed);
        assertThat(rotated.isOf(ofOld, call("project", "Basic a"), wish)).isTrue();
        Call other = call("POST", "/login", "{ }", Map.of("authorization", "Basic a"));
        assertThat(rotated.isOf(ofOld, other, rotated.wish(other, CREDENTIALS, "key")))
                .isFalse();
        assertThat(rotated.opened(ofOld, "login", wish)).isEqualTo(ANSWER);
        assertThat(rotated.opened(held(0, rotated.sealed(ANSWER, "login", wish)), "login", wish))
                .isEqualTo(ANSWER);
    }

    @Test
    void without_keys_in_the_settings_every_process_has_its_own() {
        assertThat(wish(new Keyring(List.of())).names())
                .isNotEqualTo(wish(new Keyring(List.of())).names());
    }

    @Test
    void no_answer_is_sealed_twice_the_same() {
        Wish wish = wish(old);
        Set<String> nonces = new HashSet<>();
        for (int each = 0; each < 1000; each++) {
            byte[] sealed = old.sealed(ANSWER, "login", wish).bytes();
            nonces.add(HexFormat.of().formatHex(sealed, 0, 12));
        }

        assertThat(nonces).hasSize(1000);
    }

    @Test
    void an_answer_that_was_changed_anywhere_is_not_opened() {
        Wish wish = wish(old);
        Laws.holds(2000, draw -> {
            byte[] plain = draw.bytes(300);
            byte[] sealed = old.sealed(plain, "login", wish).bytes();
            assertThat(old.opened(held(0, new SealedAnswer(sealed.clone())), "login", wish))
                    .isEqualTo(plain);

            sealed[draw.between(0, sealed.length - 1)] ^= (byte) (1 << draw.between(0, 7));

            assertThat(old.opened(held(0, new SealedAnswer(sealed)), "login", wish))
                    .isNull();
        });
    }

    @Test
    void an_answer_that_was_cut_short_is_not_opened() {
        Wish wish = wish(old);
        byte[] sealed = old.sealed(ANSWER, "login", wish).bytes();
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThat(old.opened(held(0, new SealedAnswer(cut)), "login", wish))
                    .isNull();
        }
    }

    @Test
    void nothing_of_a_key_is_printed() {
        Wish wish = wish(old);

        assertThat(List.of(
                        wish.toString(),
                        held(0, old.sealed(ANSWER, "login", wish)).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain(wish.name(), wish.fingerprint(), wish.owner()));
    }

    private static Wish wish(Keyring keyring) {
        return keyring.wish(call("project", "Basic a"), CREDENTIALS, "key");
    }

    private static Held held(int which, SealedAnswer sealed) {
        return new Held(which, State.SUCCEEDED, "", sealed);
    }

    private static Call call(@Nullable String project, @Nullable String authorization) {
        Map<String, String> headers = authorization == null ? Map.of() : Map.of("authorization", authorization);
        return Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(headers),
                "{}".getBytes(UTF_8),
                new Caller(project, "192.0.2.1"));
    }

    private static Call call(String method, String target, String body, Map<String, String> headers) {
        return Call.of(
                "login",
                new RequestLine(method, target),
                Headers.of(headers),
                body.getBytes(UTF_8),
                new Caller("project", "192.0.2.1"));
    }
}
