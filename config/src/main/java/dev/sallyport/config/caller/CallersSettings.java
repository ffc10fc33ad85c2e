package dev.sallyport.config.caller;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import dev.sallyport.config.value.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may call where the gateway alone holds the provider's secrets.
 *
 * @param hashKeys base64 of 32 bytes each, one or two, with which API keys are hashed
 * @param jwt tokens of the company's own issuer; null for none, which the binder cannot say otherwise of a section
 * @param list the callers; all others are refused
 */
public record CallersSettings(
        List<Secret> hashKeys, @Nullable CallerJwtSettings jwt, List<CallerSettings> list) {
    /** Where the callers stand. */
    public static final String LIST = "sallyport.callers.list";

    /** Where the keys stand that API keys are hashed with. */
    public static final String HASH_KEYS = "sallyport.callers.hash-keys";

    private static final int KEY_BYTES = 32;
    private static final int MOST_KEYS = 2;

    public CallersSettings {
        hashKeys = Require.copy(hashKeys);
        list = Require.copy(list);
        if (hashKeys.size() > MOST_KEYS || new HashSet<>(hashKeys).size() < hashKeys.size()) {
            throw new InvalidSetting(
                    HASH_KEYS,
                    "one key or two different ones",
                    hashKeys.size() > MOST_KEYS ? hashKeys.size() + " keys" : "the same twice");
        }
        hashKeys.forEach(CallersSettings::bytes);
        requireDistinct(list);
        requireMeans(list, !hashKeys.isEmpty(), jwt != null);
    }

    /** None: callers have credentials of the provider's. */
    public static CallersSettings none() {
        return new CallersSettings(List.of(), null, List.of());
    }

    /** Whose tokens prove callers; empty for none. */
    public Optional<CallerJwtSettings> issuer() {
        return Optional.ofNullable(jwt);
    }

    /** The limits of single callers, by the names of those that have some: other keys and rights of a caller leave them as they are. */
    public Map<String, List<CallerLimitSettings>> limits() {
        return list.stream()
                .filter(caller -> !caller.limits().isEmpty())
                .collect(Collectors.toMap(CallerSettings::name, CallerSettings::limits));
    }

    /** Whether nothing is said of callers. */
    public boolean areNone() {
        return hashKeys.isEmpty() && jwt == null && list.isEmpty();
    }

    /** The keys that API keys are hashed with, as bytes. */
    public List<byte[]> hashKeyBytes() {
        return hashKeys.stream().map(CallersSettings::bytes).toList();
    }

    /** A key that API keys are hashed with, as bytes; never shown, whatever it is. */
    public static byte[] bytes(Secret key) {
        String expected = "the base64 of 32 bytes, as openssl rand -base64 32 prints";
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(key.reveal());
        } catch (IllegalArgumentException noBase64) {
            throw new InvalidSetting(HASH_KEYS, expected, "something else");
        }
        if (decoded.length != KEY_BYTES) {
            throw new InvalidSetting(HASH_KEYS, expected, "of " + decoded.length + " bytes");
        }
        return decoded;
    }

    /** What proves one caller proves no other. */
    private static void requireDistinct(List<CallerSettings> list) {
        Map<Object, String> owners = new HashMap<>();
        var names = new HashSet<String>();
        for (int index = 0; index < list.size(); index++) {
            CallerSettings caller = list.get(index);
            String at = LIST + "[" + index + "].";
            if (!names.add(caller.name())) {
                throw new InvalidSetting(LIST, "a list without duplicate names", caller.name() + " twice");
            }
            for (KeyHash key : caller.keys()) {
                own(owners, at + "keys", "key " + key.id(), caller.name());
            }
            for (CertificateName certificate : caller.certificates()) {
                own(owners, at + "certificates", certificate, caller.name());
            }
            for (String subject : caller.subjects()) {
                own(owners, at + "subjects", "subject " + subject, caller.name());
            }
        }
    }

    private static void own(Map<Object, String> owners, String key, Object proof, String name) {
        String other = owners.putIfAbsent(proof, name);
        if (other != null) {
            throw new InvalidSetting(key, "of this caller alone, and there once", proof + ", which " + other + " has");
        }
    }

    private static void requireMeans(List<CallerSettings> list, boolean hashes, boolean tokens) {
        if (!hashes && list.stream().anyMatch(caller -> !caller.keys().isEmpty())) {
            throw new InvalidSetting(HASH_KEYS, "there, because callers have API keys", "missing");
        }
        if (!tokens && list.stream().anyMatch(caller -> !caller.subjects().isEmpty())) {
            throw new InvalidSetting(
                    "sallyport.callers.jwt", "there, because callers have subjects of tokens", "missing");
        }
    }
}
