package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.accesstoken.AccessToken;
import dev.sallyport.sandbox.accesstoken.AccessTokens;
import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.SessionDesk;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/b2b/sessions/exchange_access_token}: a connected app's token becomes a member's session, for an hour by
 * default. Never asks for a second factor.
 */
public final class ExchangeMemberAccessToken implements Operation {
    private final Directory directory;
    private final AccessTokens tokens;
    private final SessionDesk desk;
    private final Clock clock;

    public ExchangeMemberAccessToken(Directory directory, AccessTokens tokens, SessionDesk desk, Clock clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String given = call.fields().requiredText("access_token");
        SessionWishes wishes = SessionWishes.in(call.fields());
        String project = call.project().id();
        AccessToken token = tokens.read(project, given);
        Subject.OfMember subject = subject(token);
        tokens.use(token);
        List<Factor> factors = List.of(Factor.accessToken(token.clientId(), clock.instant()));
        Grant grant = new Grant(project, subject, wishes.minutesOrHour(), factors, wishes.customClaims());
        ObjectNode body = MemberReply.withSession(subject, desk.open(grant));
        return Mono.just(Reply.json(200, wishes.describeDevice(body, "member_device")));
    }

    private Subject.OfMember subject(AccessToken token) {
        Member member =
                directory.member(token.subjectId()).orElseThrow(() -> Refusal.of(ErrorType.IDP_ACCESS_TOKEN_NOT_FOUND));
        Organization home = directory.organization(member.organizationId()).orElseThrow();
        return new Subject.OfMember(member, home);
    }
}
