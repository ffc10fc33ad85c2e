package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.ExchangeOutcome;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.IntermediateSessions;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.Subject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Lets a caller who has proved something into an organization, or says what is still due. Both exchanges end here. */
public final class Entry {
    private final SessionIssuer issuer;
    private final IntermediateSessions intermediate;

    public Entry(SessionIssuer issuer, IntermediateSessions intermediate) {
        this.issuer = issuer;
        this.intermediate = intermediate;
    }

    /** Returns the body of the reply for an outcome. */
    public ObjectNode reply(
            ExchangeOutcome outcome, Call call, Subject.OfMember target, List<Factor> factors, SessionWishes wishes) {
        ObjectNode body =
                switch (outcome) {
                    case COMPLETE -> complete(call, target, factors, wishes);
                    case MFA_DUE -> mfaDue(unfinished(call, target, factors), target.member());
                    case PRIMARY_DUE -> primaryDue(unfinished(call, target, factors), target, factors);
                };
        return wishes.describeDevice(body, "member_device");
    }

    private ObjectNode complete(Call call, Subject.OfMember target, List<Factor> factors, SessionWishes wishes) {
        List<Factor> carried = factors.stream()
                .filter(factor -> factor.carriesOver() || factor.isSecondary())
                .toList();
        Grant grant = new Grant(call.project().id(), target, wishes.minutesOrHour(), carried, wishes.customClaims());
        return MemberReply.withSession(target, issuer.open(grant))
                .put("member_authenticated", true)
                .put("intermediate_session_token", "")
                .putNull("mfa_required")
                .putNull("primary_required");
    }

    private ObjectNode unfinished(Call call, Subject.OfMember target, List<Factor> factors) {
        List<Factor> carried = factors.stream().filter(Factor::carriesOver).toList();
        String token = intermediate.begin(
                call.project().id(),
                target.member().email(),
                carried,
                Optional.of(target.home().id()));
        return MemberReply.withoutSession(target)
                .put("member_authenticated", false)
                .put("intermediate_session_token", token);
    }

    private static ObjectNode mfaDue(ObjectNode body, Member member) {
        body.set("mfa_required", mfaRequired(member));
        return body.putNull("primary_required");
    }

    private static ObjectNode primaryDue(ObjectNode body, Subject.OfMember target, List<Factor> factors) {
        if (ExchangeOutcome.mfaIsDue(factors, target)) {
            body.set("mfa_required", mfaRequired(target.member()));
        } else {
            body.putNull("mfa_required");
        }
        List<String> allowed = target.home().allowedAuthMethods();
        body.putObject("primary_required").set("allowed_auth_methods", Json.tree(allowed));
        return body;
    }

    /** Returns the member's options; with a phone number, a passcode counts as sent. */
    private static ObjectNode mfaRequired(Member member) {
        ObjectNode required = Json.object();
        required.putObject("member_options")
                .put("mfa_phone_number", member.phone())
                .put("totp_registration_id", member.totpId());
        return member.phone().isEmpty()
                ? required.putNull("secondary_auth_initiated")
                : required.put("secondary_auth_initiated", "sms_otp");
    }
}
