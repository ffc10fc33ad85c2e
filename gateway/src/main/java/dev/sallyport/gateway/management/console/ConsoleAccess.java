package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.management.login.Logins;
import java.util.Optional;

/**
 * Who may do more than read.
 *
 * @param logins empty if browsers need not sign in, and cannot
 * @param actions empty if nothing may be done
 */
public record ConsoleAccess(Optional<Logins> logins, ActionAudit audit, Optional<ConsoleActions> actions) {}
