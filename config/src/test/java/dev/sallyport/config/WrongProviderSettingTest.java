package dev.sallyport.config;

import static dev.sallyport.config.SettingsTest.provider;
import static dev.sallyport.config.WrongSetting.assertRefused;
import static dev.sallyport.config.WrongSetting.projects;
import static dev.sallyport.config.WrongSetting.wrong;

import dev.sallyport.config.EgressSettings.PrivateAddresses;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.token.JwksSettings;
import dev.sallyport.config.token.SessionTokenSettings;
import dev.sallyport.config.value.ByteSize;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no record takes of the provider, of the way to it and of its keys. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class WrongProviderSettingTest {
    private static final String URL = "must be a URL such as https://api.example.com, without a path, was ";
    private static final String PROXY = "must be a URL such as http://proxy.example.com:3128, was ";
    private static final String JWKS_URL =
            "must be a URL such as https://login.example.com/.well-known/jwks.json, was ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test.stytch.com",
                "ftp://test.stytch.com",
                "https://test.stytch.com/v1",
                "https://test.stytch.com?a=b",
                "https://test.stytch.com#top",
                "https://host:99999",
                "https://host:",
                "https://host:/",
                "https://[::1]:",
                "https://host:0",
                "https:///v1"
            })
    void a_wrong_base_url_is_refused(String given) {
        assertRefused(() -> provider(given), "sallyport.provider.base-url", URL + given);
    }

    @Test
    void a_base_url_with_a_password_is_refused_and_not_shown() {
        assertRefused(
                () -> provider("https://me:hush@test.stytch.com"),
                "sallyport.provider.base-url",
                URL + "one with a user name");
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong("sallyport.provider.base-url", URL + "missing", () -> nothing()),
                wrong(
                        "sallyport.provider.projects",
                        "must be a list without duplicates, was one twice",
                        () -> projects(
                                new ProjectSettings("one", Optional.empty(), null, null, Optional.empty()),
                                new ProjectSettings("one", Optional.empty(), null, null, Optional.empty()))),
                wrong(
                        "sallyport.provider.projects[].id",
                        "must be a project id, was missing",
                        () -> new ProjectSettings(null, Optional.empty(), null, null, Optional.empty())),
                wrong(
                        "sallyport.provider.pool.max-connections",
                        "must be between 1 and 100000, was 0",
                        () -> new PoolSettings(0, null, null, null, null, null, null, null)),
                wrong(
                        "sallyport.egress.proxy.url",
                        PROXY + "https://proxy.example.com:3128",
                        () -> proxy("https://proxy.example.com:3128")),
                wrong(
                        "sallyport.egress.proxy.url",
                        PROXY + "http://proxy.example.com",
                        () -> proxy("http://proxy.example.com")),
                wrong(
                        "sallyport.egress.proxy.url",
                        PROXY + "http://proxy.example.com:3128/path",
                        () -> proxy("http://proxy.example.com:3128/path")),
                wrong(
                        "sallyport.egress.proxy.url",
                        "must be a URL such as http://proxy.example.com:3128; credentials stand in"
                                + " sallyport.egress.proxy.credentials-file, was one with a user name",
                        () -> proxy("http://me:s3cr3t@proxy.example.com:3128")),
                wrong(
                        "sallyport.egress.proxy.url",
                        "must be a URL such as http://proxy.example.com:3128, because there is more about a proxy, was missing",
                        () -> new EgressProxySettings(Optional.empty(), Optional.of("file"), List.of())),
                wrong(
                        "sallyport.egress.proxy.direct",
                        "must be hosts such as login.internal or, for all below a name, .svc.internal, was https://login",
                        () -> new EgressProxySettings(Optional.empty(), Optional.empty(), List.of("https://login"))),
                wrong(
                        "sallyport.egress.private-addresses",
                        "must be allow, because the proxy of sallyport.egress.proxy resolves names: let it refuse addresses,"
                                + " was refuse",
                        () -> new EgressSettings(
                                PrivateAddresses.REFUSE, null, proxy("http://proxy.example.com:3128"))),
                wrong(
                        "sallyport.session-token.clock-skew",
                        "must be between 0s and 2m, was 1h",
                        () -> new SessionTokenSettings(null, Duration.ofHours(1), null, Optional.empty(), null)),
                wrong(
                        "sallyport.session-token.max-size",
                        "must be between 2KB and 256KB, was 1KB",
                        () -> new SessionTokenSettings(null, null, ByteSize.parse("1KB"), Optional.empty(), null)),
                wrong(
                        "sallyport.session-token.max-size",
                        "must be between 2KB and 256KB, was 1024KB",
                        () -> new SessionTokenSettings(null, null, ByteSize.parse("1MB"), Optional.empty(), null)),
                wrong(
                        "sallyport.session-token.max-age",
                        "must be between 1s and 24h, was 0s",
                        () -> new SessionTokenSettings(null, null, null, Optional.of(Duration.ZERO), null)),
                wrong(
                        "sallyport.session-token.max-age",
                        "must be between 1s and 24h, was 25h",
                        () -> new SessionTokenSettings(null, null, null, Optional.of(Duration.ofHours(25)), null)),
                wrong(
                        "sallyport.session-token.jwks.keep",
                        "must be between 10m and 720h, was 5m",
                        () -> sessionKeys(new JwksSettings(null, Duration.ofMinutes(5), null, null, Optional.empty()))),
                wrong(
                        "sallyport.session-token.jwks.file",
                        "must be the path of a file, was /",
                        () -> sessionKeys(new JwksSettings(null, null, null, null, Optional.of("/")))),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "login.example.com/keys",
                        () -> jwksUrl("login.example.com/keys")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "https://login.example.com/",
                        () -> jwksUrl("https://login.example.com/")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "https://login.example.com:/keys",
                        () -> jwksUrl("https://login.example.com:/keys")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "ftp://login.example.com/keys",
                        () -> jwksUrl("ftp://login.example.com/keys")),
                wrong(
                        "sallyport.provider.projects[].jwks-url",
                        JWKS_URL + "one with a user name",
                        () -> jwksUrl("https://me:s3cr3t@login.example.com/keys")));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void a_wrong_value_is_refused_with_its_key_and_what_was_expected(
            String key, String message, ThrowingCallable making) {
        assertRefused(making, key, message);
    }

    private static Settings nothing() {
        return GivenSettings.of(Map.of());
    }

    private static EgressProxySettings proxy(String url) {
        return new EgressProxySettings(Optional.of(URI.create(url)), Optional.empty(), List.of());
    }

    private static SessionTokenSettings sessionKeys(JwksSettings jwks) {
        return new SessionTokenSettings(null, null, null, Optional.empty(), jwks);
    }

    private static ProjectSettings jwksUrl(String url) {
        return new ProjectSettings("one", Optional.empty(), null, null, Optional.of(URI.create(url)));
    }
}
