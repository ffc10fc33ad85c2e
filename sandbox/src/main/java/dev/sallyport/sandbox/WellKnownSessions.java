package dev.sallyport.sandbox;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionStore;
import dev.sallyport.sandbox.session.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** The sessions that exist from the start, each as long as a session can be. */
final class WellKnownSessions {
    private static final int A_YEAR_AND_A_DAY = 527_040;

    private final Directory directory;
    private final Instant start;

    WellKnownSessions(Directory directory, Instant now) {
        this.directory = directory;
        this.start = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Keeps them all, and returns the one that is ready to be exchanged. */
    Session keepIn(SessionStore store) {
        Factor link = Factor.magicLink("email-test-" + UUID.randomUUID(), Fixtures.EMAIL, start);
        Factor code = Factor.smsCode("phone-number-test-" + UUID.randomUUID(), "+12025550123", start);
        Session ready = session(Fixtures.MEMBER_SESSION_TOKEN, Fixtures.PLAIN_MEMBER_ID, List.of(link));
        store.keep(ready);
        store.keep(session(Fixtures.TWO_FACTOR_SESSION_TOKEN, Fixtures.PLAIN_MEMBER_ID, List.of(link, code)));
        store.keep(session(Fixtures.PASSWORD_SESSION_TOKEN, Fixtures.PLAIN_MEMBER_ID, List.of(Factor.password(start))));
        store.keep(session(Fixtures.OTHER_MEMBER_SESSION_TOKEN, Fixtures.OTHER_MEMBER_ID, List.of(link)));
        return ready;
    }

    private Session session(String token, String memberId, List<Factor> factors) {
        Member member = directory.member(memberId).orElseThrow();
        Organization home = directory.organization(member.organizationId()).orElseThrow();
        Grant grant = new Grant(
                Fixtures.B2B_PROJECT_ID, new Subject.OfMember(member, home), A_YEAR_AND_A_DAY, factors, Json.object());
        return new Session("session-test-" + UUID.randomUUID(), token, grant, start, start);
    }
}
