package dev.sallyport.caller;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.caller.CertificateName;
import dev.sallyport.config.caller.KeyHash;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The callers of the settings, by what proves them. Thread-safe. */
final class KnownCallers {
    /** In place of the hash of a key that there is not, so that it takes as long to find that out. */
    private static final KeyHash NO_HASH = KeyHash.parse("0".repeat(12) + ":" + "A".repeat(43));

    private static final int DNS_NAME = 2;
    private static final int URI = 6;

    private final List<byte[]> hashKeys;
    private final Map<String, Grant> names = new HashMap<>();
    private final Map<String, Holder> keys = new HashMap<>();
    private final Map<CertificateName, Grant> certificates = new HashMap<>();
    private final Map<String, Grant> subjects = new HashMap<>();
    /** Read once for a connection. */
    private final LoadingCache<X509Certificate, Optional<Grant>> seen =
            Caffeine.newBuilder().weakKeys().build(this::read);

    private record Holder(KeyHash hash, Grant grant) {}

    /**
     * Those of the settings.
     *
     * @param projects the ids of all that there are
     */
    KnownCallers(CallersSettings settings, Set<String> projects) {
        this.hashKeys = settings.hashKeyBytes();
        for (CallerSettings caller : settings.list()) {
            Grant grant = Grant.of(caller, projects);
            names.put(caller.name(), grant);
            caller.keys().forEach(hash -> keys.put(hash.id(), new Holder(hash, grant)));
            caller.certificates().forEach(name -> certificates.put(name, grant));
            caller.subjects().forEach(subject -> subjects.put(subject, grant));
        }
    }

    /** What a caller of this name may do. */
    @Nullable
    Grant named(String name) {
        return names.get(name);
    }

    /** Whether certificates prove callers at all. */
    boolean areCertified() {
        return !certificates.isEmpty();
    }

    /** Whether a caller is held to some organizations. */
    boolean areHeldToOrganizations() {
        return names.values().stream().anyMatch(grant -> !grant.mayNameAny());
    }

    /** Whose key it is; null if it is of none. Every hash is made and compared whole, whatever the key is. */
    @Nullable
    Grant holderOf(ApiKey key) {
        @Nullable Holder holder = keys.get(key.id());
        KeyHash wanted = holder == null ? NO_HASH : holder.hash();
        boolean is = false;
        for (byte[] hashKey : hashKeys) {
            is |= wanted.is(key.hash(hashKey));
        }
        return is && holder != null ? holder.grant() : null;
    }

    /** Whose certificate it is; null if it is of none, or of two, or not valid now. */
    @Nullable
    Grant holderOf(X509Certificate certificate) {
        return isValid(certificate) ? seen.get(certificate).orElse(null) : null;
    }

    /** TLS asks at the handshake alone: not again on a connection that is kept, nor of a session that is resumed. */
    private static boolean isValid(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException over) {
            return false;
        }
    }

    private Optional<Grant> read(X509Certificate certificate) {
        Set<Grant> holders = new HashSet<>();
        for (CertificateName name : namesOf(certificate)) {
            @Nullable Grant holder = certificates.get(name);
            if (holder != null) {
                holders.add(holder);
            }
        }
        return holders.size() == 1 ? holders.stream().findAny() : Optional.empty();
    }

    private static Set<CertificateName> namesOf(X509Certificate certificate) {
        Set<CertificateName> names = new HashSet<>();
        names.add(CertificateName.subject(certificate.getSubjectX500Principal()));
        for (List<?> name : alternatives(certificate)) {
            if (name.get(0).equals(DNS_NAME)) {
                names.add(CertificateName.dns((String) name.get(1)));
            } else if (name.get(0).equals(URI)) {
                names.add(CertificateName.uri((String) name.get(1)));
            }
        }
        return names;
    }

    /** None of a certificate whose names cannot be read. */
    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** Whom a token of the issuer's names; null if there is no such caller. */
    @Nullable
    Grant subject(String name) {
        return subjects.get(name);
    }
}
