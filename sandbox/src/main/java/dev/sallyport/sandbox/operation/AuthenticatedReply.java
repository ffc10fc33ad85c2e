package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.session.SignedSession;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the replies of both authenticate operations have in common. */
public final class AuthenticatedReply {
    private AuthenticatedReply() {}

    /** Returns the session's token, but nothing to who came with a JWT only: that one never learns the token. */
    public static String token(Call call, SignedSession signed) {
        return call.fields().text("session_token").isPresent()
                ? signed.session().token()
                : "";
    }

    public static ObjectNode with(ObjectNode body, Optional<ObjectNode> verdict) {
        verdict.ifPresentOrElse(allowed -> body.set("verdict", allowed), () -> body.putNull("verdict"));
        return body;
    }
}
