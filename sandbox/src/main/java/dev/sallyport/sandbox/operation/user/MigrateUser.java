package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.User;
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
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/sessions/migrate}: a session of another provider becomes one of ours, if a duration is given. */
public final class MigrateUser implements Operation {
    private final Directory directory;
    private final UserInfoSource userInfo;
    private final SessionIssuer issuer;
    private final Clock clock;

    public MigrateUser(Directory directory, UserInfoSource userInfo, SessionIssuer issuer, Clock clock) {
        this.directory = directory;
        this.userInfo = userInfo;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String foreignToken = call.fields().requiredText("session_token");
        SessionWishes wishes = SessionWishes.in(call.fields());
        return userInfo.emailOf(foreignToken).map(this::user).map(user -> reply(call, user, wishes));
    }

    private User user(String email) {
        return directory
                .userByEmail(email)
                .orElseThrow(() -> Refusal.of(ErrorType.MIGRATE_FROM_EXTERNAL_EMAIL_DOES_NOT_EXIST));
    }

    private Reply reply(Call call, User user, SessionWishes wishes) {
        Optional<SignedSession> opened =
                wishes.minutes().map(minutes -> issuer.open(grant(call, user, minutes, wishes.customClaims())));
        return Reply.json(200, UserReply.of(user, opened, wishes));
    }

    private Grant grant(Call call, User user, int minutes, ObjectNode customClaims) {
        List<Factor> factors = List.of(Factor.imported(clock.instant()));
        return new Grant(call.project().id(), new Subject.OfUser(user), minutes, factors, customClaims);
    }
}
