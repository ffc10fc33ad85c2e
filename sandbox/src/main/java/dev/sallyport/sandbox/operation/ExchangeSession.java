package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.SecretTokens;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionDesk;
import dev.sallyport.sandbox.session.Subject;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/b2b/sessions/exchange}: a member's session in one organization becomes one in another, unless that one
 * asks for more; then an intermediate session token comes back. The first session stays.
 */
public final class ExchangeSession implements Operation {
    private final Directory directory;
    private final SessionSelector selector;
    private final SessionDesk desk;

    public ExchangeSession(Directory directory, SessionSelector selector, SessionDesk desk) {
        this.directory = directory;
        this.selector = selector;
        this.desk = desk;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String organizationName = call.fields().requiredText("organization_id");
        Locales.check(call.fields());
        SessionWishes wishes = SessionWishes.in(call.fields());
        Session session = selector.one(call);
        Subject.OfMember target = target(session, organizationName);
        List<Factor> factors = session.grant().factors();
        ObjectNode body =
                switch (ExchangeOutcome.of(factors, target)) {
                    case COMPLETE -> complete(call, target, factors, wishes);
                    case MFA_DUE -> mfaDue(target);
                    case PRIMARY_DUE -> primaryDue(target, factors);
                };
        return Mono.just(Reply.json(200, wishes.describeDevice(body, "member_device")));
    }

    private Subject.OfMember target(Session session, String organizationName) {
        Organization organization = directory
                .organization(organizationName)
                .orElseThrow(() -> Refusal.of(ErrorType.ORGANIZATION_NOT_FOUND));
        Member member = directory
                .member(session.subject().id())
                .flatMap(here -> directory.memberByEmail(organization, here.email()))
                .orElseThrow(() -> Refusal.of(ErrorType.MEMBER_DOES_NOT_EXIST_IN_ORGANIZATION));
        return new Subject.OfMember(member, organization);
    }

    private ObjectNode complete(Call call, Subject.OfMember target, List<Factor> factors, SessionWishes wishes) {
        List<Factor> carried = factors.stream()
                .filter(factor -> factor.carriesOver() || factor.isSecondary())
                .toList();
        Grant grant = new Grant(call.project().id(), target, wishes.minutesOrHour(), carried, wishes.customClaims());
        return MemberReply.withSession(target, desk.open(grant))
                .put("member_authenticated", true)
                .put("intermediate_session_token", "")
                .putNull("mfa_required")
                .putNull("primary_required");
    }

    private static ObjectNode mfaDue(Subject.OfMember target) {
        ObjectNode body = unfinished(target);
        body.set("mfa_required", mfaRequired(target.member()));
        return body.putNull("primary_required");
    }

    private static ObjectNode primaryDue(Subject.OfMember target, List<Factor> factors) {
        ObjectNode body = unfinished(target);
        if (ExchangeOutcome.mfaIsDue(factors, target)) {
            body.set("mfa_required", mfaRequired(target.member()));
        } else {
            body.putNull("mfa_required");
        }
        List<String> allowed = target.home().allowedAuthMethods();
        body.putObject("primary_required").set("allowed_auth_methods", Json.tree(allowed));
        return body;
    }

    private static ObjectNode unfinished(Subject.OfMember target) {
        return MemberReply.withoutSession(target)
                .put("member_authenticated", false)
                .put("intermediate_session_token", SecretTokens.next());
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
