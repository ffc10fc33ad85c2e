package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.ExchangeOutcome;
import dev.sallyport.sandbox.operation.Locales;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.Subject;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/b2b/sessions/exchange}: a member's session in one organization becomes one in another, unless that one
 * asks for more; then an intermediate session token comes back. The first session stays.
 */
public final class ExchangeSession implements Operation {
    private final Directory directory;
    private final SessionSelector selector;
    private final Entry entry;

    public ExchangeSession(Directory directory, SessionSelector selector, Entry entry) {
        this.directory = directory;
        this.selector = selector;
        this.entry = entry;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String organizationName = call.fields().requiredText("organization_id");
        Locales.check(call.fields());
        SessionWishes wishes = SessionWishes.in(call.fields());
        Session session = selector.one(call);
        Subject.OfMember target = target(session, organizationName);
        List<Factor> factors = session.grant().factors();
        ExchangeOutcome outcome = ExchangeOutcome.of(factors, target);
        return Mono.just(Reply.json(200, entry.reply(outcome, call, target, factors, wishes)));
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
}
