package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.User;
import dev.sallyport.sandbox.issuer.TrustedToken;
import dev.sallyport.sandbox.operation.Attestation;
import dev.sallyport.sandbox.operation.Attestation.Attested;
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

/**
 * {@code POST /v1/sessions/attest}: a token of another issuer logs a user in, if a duration is given, or adds to a
 * session that is there. No user is provisioned just in time.
 */
public final class AttestUser implements Operation {
    private final Directory directory;
    private final Attestation attestation;

    public AttestUser(Directory directory, Attestation attestation) {
        this.directory = directory;
        this.attestation = attestation;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return attestation.of(call).map(this::reply);
    }

    private Reply reply(Attested attested) {
        User user = user(attested.token());
        SessionWishes wishes = attested.wishes();
        Optional<SignedSession> signed = attestation.session(attested, new Subject.OfUser(user), wishes.minutes());
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
