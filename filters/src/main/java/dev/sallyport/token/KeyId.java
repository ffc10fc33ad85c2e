package dev.sallyport.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Optional;

/** The key id that a session token names, for asking after it. Only a token that nobody knows the key of comes here. */
final class KeyId {
    private KeyId() {}

    /** Empty if the token names none, or one that can be nobody's. */
    static Optional<String> of(String jwt) {
        try {
            String id = JWSHeader.parse(new Base64URL(jwt.substring(0, Math.max(0, jwt.indexOf('.')))))
                    .getKeyID();
            return Optional.ofNullable(id).filter(name -> !name.isEmpty() && name.length() <= KeySet.LONGEST_ID);
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
