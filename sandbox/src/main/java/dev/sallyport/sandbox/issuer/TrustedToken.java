package dev.sallyport.sandbox.issuer;

import java.util.Optional;

/** What a verified trusted auth token says, after a profile's attribute mapping. Absent claims are empty. */
public record TrustedToken(
        String email,
        String tokenId,
        Optional<String> organizationId,
        Optional<String> externalMemberId,
        Optional<String> externalUserId) {
    @Override
    public String toString() {
        return "TrustedToken";
    }
}
