package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.accesstoken.AccessToken;
import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.AccessTokenExchange;
import dev.sallyport.sandbox.operation.AccessTokenExchange.Presented;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/b2b/sessions/exchange_access_token}: a connected app's token becomes a member's session, for an hour by
 * default. Never asks for a second factor.
 */
public final class ExchangeMemberAccessToken implements Operation {
    private final Directory directory;
    private final AccessTokenExchange exchange;

    public ExchangeMemberAccessToken(Directory directory, AccessTokenExchange exchange) {
        this.directory = directory;
        this.exchange = exchange;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Presented presented = exchange.in(call);
        SessionWishes wishes = presented.wishes();
        Subject.OfMember subject = subject(presented.token());
        Optional<Integer> minutes = Optional.of(wishes.minutesOrHour());
        SignedSession signed = exchange.session(presented, subject, minutes).orElseThrow();
        ObjectNode body = MemberReply.withSession(subject, signed);
        return Mono.just(Reply.json(200, wishes.describeDevice(body, "member_device")));
    }

    private Subject.OfMember subject(AccessToken token) {
        Member member =
                directory.member(token.subjectId()).orElseThrow(() -> Refusal.of(ErrorType.IDP_ACCESS_TOKEN_NOT_FOUND));
        Organization home = directory.organization(member.organizationId()).orElseThrow();
        return new Subject.OfMember(member, home);
    }
}
