package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.directory.User;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.SignedSession;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the replies of the consumer operations that may open a session have in common. */
final class UserReply {
    private UserReply() {}

    /** Returns a body with the user; the tokens are empty and the session is null where none was opened. */
    static ObjectNode of(User user, Optional<SignedSession> opened, SessionWishes wishes) {
        ObjectNode body = Reply.goodBody().put("user_id", user.id());
        body.set("user", user.json());
        body.put("session_token", opened.map(signed -> signed.session().token()).orElse(""));
        body.put("session_jwt", opened.map(SignedSession::jwt).orElse(""));
        opened.ifPresentOrElse(signed -> body.set("session", signed.session().json()), () -> body.putNull("session"));
        return wishes.describeDevice(body, "user_device");
    }
}
