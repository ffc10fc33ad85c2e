package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import tools.jackson.databind.node.ObjectNode;

/** What the replies of the B2B operations have in common. */
public final class MemberReply {
    private MemberReply() {}

    /** Returns a body with the member, the organization and the session opened for them. */
    public static ObjectNode withSession(Subject.OfMember subject, SignedSession signed) {
        ObjectNode body =
                about(subject).put("session_token", signed.session().token()).put("session_jwt", signed.jwt());
        body.set("member_session", signed.session().json());
        return body;
    }

    /** Returns a body with the member and the organization, the tokens empty. */
    public static ObjectNode withoutSession(Subject.OfMember subject) {
        return about(subject).put("session_token", "").put("session_jwt", "").putNull("member_session");
    }

    private static ObjectNode about(Subject.OfMember subject) {
        ObjectNode body = Reply.goodBody().put("member_id", subject.id());
        body.set("member", subject.member().json());
        body.set("organization", subject.home().json());
        return body;
    }
}
