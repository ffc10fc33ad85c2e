package dev.sallyport.gateway.management.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LoginSessionsTest {
    private static final Proof PROOF = Proof.of(new ClientCertificate("CN=ada", "d1"));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final LoginSessions sessions = new LoginSessions(now::get);

    @Test
    void a_session_that_is_used_lasts_eight_hours_and_no_longer() {
        String cookie = sessions.begin(PROOF).cookie();

        for (int minutes = 20; minutes < 480; minutes += 20) {
            pass(Duration.ofMinutes(20));
            assertThat(sessions.of(cookie)).isPresent();
        }
        pass(Duration.ofMinutes(20));

        assertThat(sessions.of(cookie)).isEmpty();
    }

    @Test
    void a_session_that_is_not_used_ends_after_half_an_hour() {
        String cookie = sessions.begin(PROOF).cookie();

        pass(Duration.ofMinutes(30));

        assertThat(sessions.of(cookie)).isEmpty();
    }

    @Test
    void there_are_few_and_the_one_that_was_not_used_for_longest_ends_first() {
        String first = sessions.begin(PROOF).cookie();
        String second = sessions.begin(PROOF).cookie();
        for (int more = 2; more < LoginSessions.MOST; more++) {
            sessions.begin(PROOF);
        }
        assertThat(sessions.of(first)).isPresent();

        String last = sessions.begin(PROOF).cookie();

        assertThat(sessions.of(second)).isEmpty();
        assertThat(sessions.of(first)).isPresent();
        assertThat(sessions.of(last)).isPresent();
    }

    @Test
    void cookies_and_forms_are_long_and_no_two_are_the_same_and_none_prints_itself() {
        Set<String> seen = new HashSet<>();
        for (int each = 0; each < LoginSessions.MOST; each++) {
            LoginSessions.Begun begun = sessions.begin(PROOF);
            assertThat(seen.add(begun.cookie())).isTrue();
            assertThat(seen.add(begun.session().formToken())).isTrue();
            assertThat(begun.cookie()).hasSize(43);
            assertThat(begun.toString() + begun.session()).isEqualTo("CN=adaCN=ada");
        }
    }

    @Test
    void a_form_is_of_one_session_alone() {
        LoginSession one = sessions.begin(PROOF).session();
        LoginSession other = sessions.begin(PROOF).session();

        assertThat(one.isOwnForm(one.formToken())).isTrue();
        assertThat(one.isOwnForm(other.formToken())).isFalse();
        assertThat(one.isOwnForm("")).isFalse();
    }

    @Test
    void what_ended_is_over_and_what_never_was_is_none() {
        String cookie = sessions.begin(PROOF).cookie();

        sessions.end(cookie);

        assertThat(sessions.of(cookie)).isEmpty();
        assertThat(sessions.of("")).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(then -> then.plus(time));
    }
}
