package dev.sallyport.contract;

import dev.sallyport.contract.rule.Facts.Field;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor has to be told of an operation's calls.
 *
 * @param action what a call does to a session
 * @param session where its id stands; null if no document names it
 * @param organization where the reply names the organization; null if it does not
 */
public record AuditContract(
        Action action, @Nullable Field session, @Nullable Field organization) {
    /** What calls do to a session. */
    public enum Action {
        MAKE_SESSION,
        REVOKE_SESSION
    }
}
