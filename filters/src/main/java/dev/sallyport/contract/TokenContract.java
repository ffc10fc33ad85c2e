package dev.sallyport.contract;

import dev.sallyport.call.Reading;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.SchemaCheck;
import java.time.Duration;
import java.util.List;

/**
 * What an operation promises of the session token in its reply.
 *
 * @param token where the token stands in the reply
 * @param bindings rules that tie the token to the reply and the request
 */
public record TokenContract(Field token, Header header, Claims claims, List<Rule> bindings) {
    /**
     * What is promised of its header.
     *
     * @param jwks the operation that publishes the keys
     * @param algorithm the one JWS algorithm that is accepted
     * @param type the one {@code typ} that is accepted
     */
    public record Header(Operation jwks, TokenAlgorithm algorithm, String type) {}

    /**
     * What is promised of its claims.
     *
     * @param schema reads them
     * @param standard where the standard claims are in what it read
     * @param lifetime the longest time from {@code iat} to {@code exp}
     * @param issuers accepted {@code iss}, with {@code {project}} and {@code {base-url}}
     * @param audience who must be named in {@code aud}, with {@code {project}}
     */
    public record Claims(
            SchemaCheck schema, StandardClaims standard, Duration lifetime, List<String> issuers, String audience) {}

    /** The slots of the claims that RFC 7519, 4.1, registers. */
    public record StandardClaims(int issuer, int audience, int issuedAt, int notBefore, int expires) {
        public static StandardClaims in(FieldList claims) {
            return new StandardClaims(
                    claims.slot("/iss"),
                    claims.slot("/aud"),
                    claims.slot("/iat"),
                    claims.slot("/nbf"),
                    claims.slot("/exp"));
        }
    }

    /** Where the token stands in the reply, as a JSON Pointer. */
    public String pointer() {
        return token.shown().substring(token.shown().indexOf(':') + 1);
    }

    /** The claims as a document; violations of the claims schema are in it. */
    public Reading readClaims(byte[] claimsJson) {
        return claims.schema().read(claimsJson);
    }
}
