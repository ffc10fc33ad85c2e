package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.issuer.UserInfoSource;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@code POST /v1/b2b/sessions/migrate}: a session of another provider becomes a member's; for an hour by default. */
public final class MigrateMember implements Operation {
    private final Directory directory;
    private final UserInfoSource userInfo;
    private final SessionIssuer issuer;
    private final Clock clock;

    public MigrateMember(Directory directory, UserInfoSource userInfo, SessionIssuer issuer, Clock clock) {
        this.directory = directory;
        this.userInfo = userInfo;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String foreignToken = call.fields().requiredText("session_token");
        String organizationName = call.fields().requiredText("organization_id");
        SessionWishes wishes = SessionWishes.in(call.fields());
        Organization organization = directory
                .organization(organizationName)
                .orElseThrow(() -> Refusal.of(ErrorType.ORGANIZATION_NOT_FOUND));
        return userInfo.emailOf(foreignToken)
                .map(email -> new Subject.OfMember(member(organization, email), organization))
                .map(subject -> reply(call, subject, wishes));
    }

    private Member member(Organization organization, String email) {
        return directory
                .memberByEmail(organization, email)
                .orElseThrow(() -> Refusal.of(ErrorType.MIGRATE_FROM_EXTERNAL_EMAIL_DOES_NOT_EXIST));
    }

    private Reply reply(Call call, Subject.OfMember subject, SessionWishes wishes) {
        List<Factor> factors = List.of(Factor.imported(clock.instant()));
        Grant grant = new Grant(call.project().id(), subject, wishes.minutesOrHour(), factors, wishes.customClaims());
        return Reply.json(200, MemberReply.withSession(subject, issuer.open(grant)));
    }
}
