package dev.sallyport.config.store;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * The store that gateways share.
 *
 * @param url where it is; default none, and nothing is shared
 * @param passwordFile a file with its password, in place of one in the URL; default none
 * @param sslBundle the Spring SSL bundle of {@code rediss}; default the JVM's trust store
 * @param timeout for one command; default 25 ms
 */
public record StoreSettings(
        Optional<StoreUrl> url, Optional<String> passwordFile, Optional<String> sslBundle, Duration timeout) {
    private static final String KEY = "sallyport.store.";

    public StoreSettings {
        url = Require.orElse(url, Optional.<StoreUrl>empty());
        passwordFile = Require.orElse(passwordFile, Optional.<String>empty())
                .map(String::strip)
                .filter(path -> !path.isEmpty());
        sslBundle = Require.orElse(sslBundle, Optional.<String>empty())
                .map(String::strip)
                .filter(it -> !it.isEmpty());
        timeout = Require.orElse(timeout, Duration.ofMillis(25));
        Require.between(KEY + "timeout", timeout, Duration.ofMillis(1), Duration.ofSeconds(10));
        if (passwordFile.isPresent() && url.flatMap(StoreUrl::password).isPresent()) {
            throw new InvalidSetting(KEY + "password-file", "left out where the URL has a password", "there");
        }
        if (sslBundle.isPresent() && url.filter(StoreUrl::isTls).isEmpty()) {
            throw new InvalidSetting(KEY + "ssl-bundle", "left out where the URL is not rediss", "there");
        }
    }

    /** The same store, without user and password in its URL. */
    public StoreSettings withoutCredentials() {
        return new StoreSettings(url.map(StoreUrl::withoutCredentials), passwordFile, sslBundle, timeout);
    }

    /** These settings, with user and password of the URL of others; without, if those are of another server or file. */
    public StoreSettings withCredentialsOf(StoreSettings other) {
        boolean isSamePlace = url.map(StoreUrl::withoutCredentials).equals(other.url.map(StoreUrl::withoutCredentials));
        return isSamePlace && passwordFile.equals(other.passwordFile)
                ? new StoreSettings(other.url, passwordFile, sslBundle, timeout)
                : this;
    }

    /** All defaults: none. */
    public static StoreSettings defaults() {
        return new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofMillis(25));
    }
}
