package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.User;
import dev.sallyport.sandbox.issuer.TrustedToken;
import dev.sallyport.sandbox.issuer.TrustedTokenProfiles;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionDesk;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/sessions/attest}: a token that somebody else signed logs a user in, if a duration is given, or adds to a
 * session that is there. Nobody is provisioned just in time.
 */
public final class AttestUser implements Operation {
    private final Directory directory;
    private final TrustedTokenProfiles profiles;
    private final SessionSelector selector;
    private final SessionAccess access;
    private final SessionDesk desk;
    private final Clock clock;

    public AttestUser(
            Directory directory,
            TrustedTokenProfiles profiles,
            SessionSelector selector,
            SessionAccess access,
            SessionDesk desk,
            Clock clock) {
        this.directory = directory;
        this.profiles = profiles;
        this.selector = selector;
        this.access = access;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String profileId = call.fields().requiredText("profile_id");
        String token = call.fields().requiredText("token");
        SessionWishes wishes = SessionWishes.in(call.fields());
        Optional<Session> existing = selector.atMostOne(call);
        return profiles.verify(call.project().id(), profileId, token)
                .map(trusted -> reply(call, trusted, wishes, existing));
    }

    private Reply reply(Call call, TrustedToken trusted, SessionWishes wishes, Optional<Session> existing) {
        User user = user(trusted);
        Subject subject = new Subject.OfUser(user);
        Factor factor = Factor.trustedToken(trusted.tokenId(), clock.instant());
        Optional<SignedSession> signed = existing.map(session -> access.grow(session, subject, factor, wishes))
                .or(() -> wishes.minutes()
                        .map(minutes -> desk.open(new Grant(
                                call.project().id(), subject, minutes, List.of(factor), wishes.customClaims()))));
        return Reply.json(200, UserReply.of(user, signed, wishes));
    }

    private User user(TrustedToken trusted) {
        User user = directory.userByEmail(trusted.email()).orElseThrow(() -> Refusal.of(ErrorType.USER_NOT_FOUND));
        if (trusted.externalUserId().filter(id -> !id.equals(user.externalId())).isPresent()) {
            throw Refusal.of(ErrorType.TRUSTED_TOKEN_PROFILE_INCORRECT_EXTERNAL_ID_MAPPING);
        }
        return user;
    }
}
