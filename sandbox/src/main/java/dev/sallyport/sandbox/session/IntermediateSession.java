package dev.sallyport.sandbox.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A login that is not finished: what a user has proved, not yet a member's session.
 *
 * @param email whose proofs these are; a member of an organization is found by it
 * @param organizationId the one organization that it is good for; empty before one was chosen
 */
public record IntermediateSession(
        String token,
        String projectId,
        String email,
        List<Factor> factors,
        Optional<String> organizationId,
        Instant expiresAt) {
    public IntermediateSession {
        factors = List.copyOf(factors);
    }

    /** Tells whether it can become a session in that organization. */
    public boolean isGoodFor(String organization) {
        return organizationId.stream().allMatch(organization::equals);
    }

    @Override
    public String toString() {
        return "IntermediateSession" + organizationId;
    }
}
