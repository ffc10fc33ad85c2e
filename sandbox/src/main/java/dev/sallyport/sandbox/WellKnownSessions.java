package dev.sallyport.sandbox;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.directory.User;
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
record WellKnownSessions(Directory directory, Instant now) {
    private static final int A_YEAR_AND_A_DAY = 527_040;

    void keepIn(SessionStore store) {
        Factor link = Factor.magicLink("email-test-" + UUID.randomUUID(), Fixtures.EMAIL, start());
        Factor code = Factor.smsCode("phone-number-test-" + UUID.randomUUID(), "+12025550123", start());
        Factor password = Factor.password(start());
        store.keep(ofMember(Fixtures.MEMBER_SESSION_TOKEN, Fixtures.PLAIN_MEMBER_ID, List.of(link)));
        store.keep(ofMember(Fixtures.TWO_FACTOR_SESSION_TOKEN, Fixtures.PLAIN_MEMBER_ID, List.of(link, code)));
        store.keep(ofMember(Fixtures.PASSWORD_SESSION_TOKEN, Fixtures.PLAIN_MEMBER_ID, List.of(password)));
        store.keep(ofMember(Fixtures.OTHER_MEMBER_SESSION_TOKEN, Fixtures.OTHER_MEMBER_ID, List.of(link)));
        store.keep(ofMember(Fixtures.ADMIN_SESSION_TOKEN, Fixtures.ADMIN_MEMBER_ID, List.of(link)));
        store.keep(ofUser(Fixtures.USER_SESSION_TOKEN, Fixtures.USER_ID, List.of(link)));
    }

    private Session ofMember(String token, String memberId, List<Factor> factors) {
        Member member = directory.member(memberId).orElseThrow();
        Organization home = directory.organization(member.organizationId()).orElseThrow();
        return session(token, Fixtures.B2B_PROJECT_ID, new Subject.OfMember(member, home), factors);
    }

    private Session ofUser(String token, String userId, List<Factor> factors) {
        User user = directory.user(userId).orElseThrow();
        return session(token, Fixtures.CONSUMER_PROJECT_ID, new Subject.OfUser(user), factors);
    }

    private Session session(String token, String projectId, Subject subject, List<Factor> factors) {
        Grant grant = new Grant(projectId, subject, A_YEAR_AND_A_DAY, factors, Json.object());
        return new Session("session-test-" + UUID.randomUUID(), token, grant, start(), start());
    }

    private Instant start() {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }
}
