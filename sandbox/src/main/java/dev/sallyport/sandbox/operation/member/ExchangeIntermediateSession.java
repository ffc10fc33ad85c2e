package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.ExchangeOutcome;
import dev.sallyport.sandbox.operation.Locales;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.IntermediateSession;
import dev.sallyport.sandbox.session.IntermediateSessions;
import dev.sallyport.sandbox.session.Subject;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/b2b/discovery/intermediate_sessions/exchange}: an unfinished login becomes a member's session in the
 * organization that was chosen. Success uses the intermediate session up; where more is due, another comes back that is good
 * for that organization alone. No user is provisioned just in time.
 */
public final class ExchangeIntermediateSession implements Operation {
    private final Directory directory;
    private final IntermediateSessions intermediate;
    private final Entry entry;

    public ExchangeIntermediateSession(Directory directory, IntermediateSessions intermediate, Entry entry) {
        this.directory = directory;
        this.intermediate = intermediate;
        this.entry = entry;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String token = call.fields().requiredText("intermediate_session_token");
        String organizationName = call.fields().requiredText("organization_id");
        Locales.check(call.fields());
        SessionWishes wishes = SessionWishes.in(call.fields());
        IntermediateSession session = intermediate
                .find(call.project().id(), token)
                .orElseThrow(() -> Refusal.of(ErrorType.INTERMEDIATE_SESSION_NOT_FOUND));
        Subject.OfMember target = target(session, organizationName);
        ExchangeOutcome outcome = ExchangeOutcome.of(session.factors(), target);
        if (outcome == ExchangeOutcome.COMPLETE && !intermediate.end(session)) {
            throw Refusal.of(ErrorType.INTERMEDIATE_SESSION_NOT_FOUND);
        }
        return Mono.just(Reply.json(200, entry.reply(outcome, call, target, session.factors(), wishes)));
    }

    private Subject.OfMember target(IntermediateSession session, String organizationName) {
        Organization organization = directory
                .organization(organizationName)
                .orElseThrow(() -> Refusal.of(ErrorType.ORGANIZATION_NOT_FOUND));
        if (!session.isGoodFor(organization.id())) {
            throw Refusal.of(ErrorType.INVALID_INTERMEDIATE_SESSION_TOKEN_FOR_ORGANIZATION);
        }
        Member member = directory
                .memberByEmail(organization, session.email())
                .orElseThrow(() -> Refusal.of(ErrorType.EMAIL_JIT_PROVISIONING_NOT_ALLOWED));
        return new Subject.OfMember(member, organization);
    }
}
