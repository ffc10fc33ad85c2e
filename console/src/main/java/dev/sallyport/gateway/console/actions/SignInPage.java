package dev.sallyport.gateway.console.actions;

import java.util.Optional;

/**
 * What the page asks a browser for.
 *
 * @param byToken whether it asks for a token; else for the certificate of the connection
 * @param certificate the subject of that; empty if none was shown
 * @param session that of the browser, if it has signed in
 * @param problem why it was not let in just now; empty if it was not tried
 */
public record SignInPage(boolean byToken, Optional<String> certificate, Optional<SignedIn> session, String problem) {
    /**
     * Who has signed in.
     *
     * @param formToken what the form to sign out carries
     */
    public record SignedIn(String who, String formToken, String until) {}
}
