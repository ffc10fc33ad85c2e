package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.caller.CallerJwtSettings;
import dev.sallyport.config.caller.CallerLimitSettings;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.caller.CertificateName;
import dev.sallyport.config.caller.KeyHash;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.provider.CredentialsMode;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.token.JwksSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and what cannot be said of callers. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class CallersSettingsTest {
    private static final String MAC = "A".repeat(43);
    private static final Secret HASH_KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final Secret SECRET = Secret.of("secret-of-the-provider");

    @Test
    void callers_of_the_gateway_are_taken_with_the_providers_secret_and_nothing_shows_it() {
        Settings settings = replaced(callers(caller("billing", "1"), caller("web", "2")), project(SECRET));

        assertThat(settings.provider().replacesCredentials()).isTrue();
        assertThat(settings.callers().list()).extracting(CallerSettings::name).containsExactly("billing", "web");
        assertThat(settings.toString()).doesNotContain("secret-of-the-provider", MAC, HASH_KEY.reveal());
    }

    static Stream<Arguments> wrong() {
        CallerSettings billing = caller("billing", "1");
        return Stream.of(
                wrong(
                        "sallyport.provider.projects[0].secret",
                        "there, because",
                        () -> replaced(callers(billing), project(null))),
                wrong("sallyport.provider.projects", "there, because", () -> replaced(callers(billing))),
                wrong(CallersSettings.LIST, "there, because", () -> replaced(callers(), project(SECRET))),
                wrong("sallyport.callers", "left out, unless", () -> forwarded(callers(billing), project(null))),
                wrong(
                        "sallyport.provider.projects[0].secret",
                        "left out, because",
                        () -> forwarded(CallersSettings.none(), project(SECRET))),
                wrong("sallyport.rate-limits.limits[0].key", "another one, unless", () -> limitedByCaller()),
                wrong(CallersSettings.LIST, "duplicate names", () -> callers(billing, caller("billing", "2"))),
                wrong(
                        "sallyport.callers.list[1].keys",
                        "of this caller alone",
                        () -> callers(billing, caller("web", "1"))),
                wrong(
                        "sallyport.callers.list[1].certificates",
                        "of this caller alone",
                        () -> callers(certified("one", "dns:a.example.com"), certified("two", "dns:A.example.com"))),
                wrong(
                        CallersSettings.HASH_KEYS,
                        "there, because callers have API keys",
                        () -> new CallersSettings(List.of(), null, List.of(billing))),
                wrong(
                        CallersSettings.HASH_KEYS,
                        "the base64 of 32 bytes",
                        () -> new CallersSettings(List.of(Secret.of("c2hvcnQ=")), null, List.of())),
                wrong("sallyport.callers.jwt", "subjects of tokens", () -> callers(subject("web", "web-service"))),
                wrong(
                        "sallyport.callers.list[0].projects",
                        "of sallyport.provider.projects",
                        () -> replaced(callers(of("web", List.of("another"), List.of("*"))), project(SECRET))),
                wrong("sallyport.callers.list[].operations", "missing", () -> of("web", List.of("*"), null)),
                wrong(
                        "sallyport.callers.list[].operations",
                        "both",
                        () -> of("web", List.of("*"), List.of("*", "sessions.migrate"))),
                wrong("sallyport.callers.list[].name", "a-z", () -> caller("Billing Team", "1")),
                wrong("sallyport.callers.list[].keys", "3 hashes", CallersSettingsTest::threeKeys),
                wrong("sallyport.callers.list[].keys", "proves who it is", CallersSettingsTest::withoutProof),
                wrong("sallyport.callers.list[].limits", "burst twice", CallersSettingsTest::sameLimits),
                wrong(
                        "sallyport.callers.jwt.issuer",
                        "missing",
                        () -> jwt(null, "https://a.example.com/keys", "RS256")),
                wrong(
                        "sallyport.callers.jwt.jwks.refresh",
                        "between 1s and 24h",
                        () -> jwt(new JwksSettings(Duration.ZERO, null, null, null, Optional.empty()))),
                wrong(
                        "sallyport.callers.jwt.jwks.keep",
                        "between 10m and 720h",
                        () -> jwt(new JwksSettings(null, Duration.ofMinutes(5), null, null, Optional.empty()))),
                wrong(
                        "sallyport.callers.jwt.jwks.file",
                        "the path of a file",
                        () -> jwt(new JwksSettings(null, null, null, null, Optional.of("/")))),
                wrong("sallyport.callers.jwt.pins", "SHA-256 of a public key", CallersSettingsTest::jwtWithWrongPin),
                wrong("sallyport.callers.jwt.jwks-url", "a URL", () -> jwt("i", "ftp://a.example.com/keys", "RS256")),
                wrong("sallyport.callers.jwt.jwks-url", "a URL", () -> jwt("i", "https://a.example.com/", "RS256")),
                wrong(
                        "sallyport.callers.jwt.algorithm",
                        "one of",
                        () -> jwt("i", "https://a.example.com/keys", "HS256")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_cannot_be_is_told_with_its_key(String key, String words, ThrowingCallable given) {
        assertThatThrownBy(given)
                .isInstanceOfSatisfying(
                        InvalidSetting.class, wrong -> assertThat(wrong.key()).isEqualTo(key))
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sallyport_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "my-plain-password",
                "5f4dcc3b5aa765d61d8327deb882cf99",
                "0123456789ab:",
                "0123456789ab:c2hvcnQ",
                ""
            })
    void a_key_or_a_weak_hash_in_place_of_a_hash_is_refused_and_not_quoted(String written) {
        assertThatThrownBy(() -> KeyHash.parse(written)).hasMessage("must be " + KeyHash.EXPECTED);
    }

    @Test
    void a_hash_shows_its_id_alone() {
        KeyHash hash = KeyHash.parse("0123456789ab:" + MAC);

        assertThat(hash).hasToString("0123456789ab").isEqualTo(KeyHash.parse("0123456789ab:" + MAC));
        assertThat(hash.is(new byte[32])).isTrue();
        assertThat(hash.is(new byte[31])).isFalse();
    }

    @Test
    void subjects_are_the_same_however_they_are_spelled_and_other_names_are_not() {
        assertThat(CertificateName.parse("subject:CN=Billing, O=Example"))
                .isEqualTo(CertificateName.subject(new X500Principal("cn=billing,o=example")))
                .isNotEqualTo(CertificateName.parse("subject:CN=Billing, O=Other"));
        assertThat(CertificateName.parse("DNS: billing.Example.com"))
                .isEqualTo(CertificateName.dns("BILLING.example.com"));
        assertThat(CertificateName.parse("uri:spiffe://example.com/a"))
                .isNotEqualTo(CertificateName.uri("spiffe://example.com/A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing.example.com", "dns:", "subject:nonsense", "ip:127.0.0.1"})
    void what_is_no_name_of_a_certificate_is_told(String written) {
        assertThatThrownBy(() -> CertificateName.parse(written)).hasMessageContaining(CertificateName.EXPECTED);
    }

    private static Arguments wrong(String key, String words, ThrowingCallable given) {
        return Arguments.of(key, words, given);
    }

    private static Settings replaced(CallersSettings callers, ProjectSettings... projects) {
        return settings(CredentialsMode.REPLACE, callers, projects);
    }

    private static Settings forwarded(CallersSettings callers, ProjectSettings... projects) {
        return settings(CredentialsMode.FORWARD, callers, projects);
    }

    private static Settings limitedByCaller() {
        var limit = new LimitSettings("each", LimitKey.CALLER, 5L, null, null);
        var limits = new RateLimitSettings(null, null, null, null, null, List.of(limit), null);
        return GivenSettings.of(
                Map.of("provider", provider(CredentialsMode.FORWARD, project(null)), "rateLimits", limits));
    }

    private static Settings settings(CredentialsMode mode, CallersSettings callers, ProjectSettings... projects) {
        return GivenSettings.of(Map.of("provider", provider(mode, projects), "callers", callers));
    }

    private static ProviderSettings provider(CredentialsMode mode, ProjectSettings... projects) {
        return new ProviderSettings(
                null,
                URI.create("https://provider.example.com"),
                Optional.empty(),
                List.of(projects),
                mode,
                null,
                null,
                Optional.empty(),
                null);
    }

    private static ProjectSettings project(@Nullable Secret secret) {
        return new ProjectSettings("project-1", Optional.ofNullable(secret), null, null, Optional.empty());
    }

    private static CallersSettings callers(CallerSettings... callers) {
        return new CallersSettings(List.of(HASH_KEY), null, List.of(callers));
    }

    private static CallerSettings caller(String name, String key) {
        List<String> all = List.of("*");
        return new CallerSettings(name, List.of(hash(key)), null, null, all, all, all, null);
    }

    private static CallerSettings of(String name, List<String> projects, @Nullable List<String> operations) {
        return new CallerSettings(name, List.of(hash("1")), null, null, operations, projects, List.of("*"), null);
    }

    private static CallerSettings certified(String name, String certificate) {
        List<String> all = List.of("*");
        return new CallerSettings(name, null, List.of(CertificateName.parse(certificate)), null, all, all, all, null);
    }

    private static CallerSettings subject(String name, String subject) {
        List<String> all = List.of("*");
        return new CallerSettings(name, null, null, List.of(subject), all, all, all, null);
    }

    private static CallerSettings threeKeys() {
        List<String> all = List.of("*");
        return new CallerSettings("web", List.of(hash("1"), hash("2"), hash("3")), null, null, all, all, all, null);
    }

    private static CallerSettings withoutProof() {
        List<String> all = List.of("*");
        return new CallerSettings("web", null, null, null, all, all, all, null);
    }

    private static CallerSettings sameLimits() {
        List<String> all = List.of("*");
        var limit = new CallerLimitSettings("burst", 5L, null, null);
        return new CallerSettings("web", List.of(hash("1")), null, null, all, all, all, List.of(limit, limit));
    }

    private static KeyHash hash(String id) {
        return KeyHash.parse("0".repeat(11) + id + ":" + MAC);
    }

    private static CallerJwtSettings jwtWithWrongPin() {
        URI url = URI.create("https://a.example.com/keys");
        List<String> pins = List.of("sha256/none");
        return new CallerJwtSettings("i", "sallyport", url, Optional.empty(), pins, null, null, null, null, null, null);
    }

    private static CallerJwtSettings jwt(JwksSettings jwks) {
        URI url = URI.create("https://a.example.com/keys");
        return new CallerJwtSettings("i", "sallyport", url, Optional.empty(), null, null, null, null, null, null, jwks);
    }

    private static CallerJwtSettings jwt(@Nullable String issuer, String url, String algorithm) {
        return new CallerJwtSettings(
                issuer, "sallyport", URI.create(url), Optional.empty(), null, algorithm, null, null, null, null, null);
    }
}
