package dev.sallyport.gateway.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.http.NoConnectionEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which connections are to be cut when more waits than may. */
final class UnreadAnswersTest {
    private final UnreadAnswers unread = new UnreadAnswers(100);
    private final UnreadAnswer first = answer();
    private final UnreadAnswer second = answer();
    private final UnreadAnswer third = answer();

    @Test
    void nothing_is_cut_within_the_bound() {
        assertThat(unread.add(first, 60)).isEmpty();
        assertThat(unread.add(second, 40)).isEmpty();
        assertThat(unread.bytes()).isEqualTo(100);
    }

    @Test
    void those_that_waited_longest_are_cut_until_the_rest_is_within_the_bound() {
        unread.add(first, 60);
        unread.add(second, 40);

        assertThat(unread.add(third, 90)).containsExactly(first, second);
        assertThat(unread.bytes()).isEqualTo(90);
    }

    @Test
    void more_of_the_same_answer_does_not_make_it_younger() {
        unread.add(first, 40);
        unread.add(second, 40);

        assertThat(unread.add(first, 40)).containsExactly(first);
        assertThat(unread.bytes()).isEqualTo(40);
    }

    @Test
    void one_answer_alone_may_be_over_the_bound() {
        assertThat(unread.add(first, 500)).isEmpty();
    }

    @Test
    void what_was_read_counts_no_more() {
        unread.add(first, 60);
        unread.remove(first);
        unread.remove(first);

        assertThat(unread.bytes()).isZero();
        assertThat(unread.add(second, 100)).isEmpty();
    }

    private static UnreadAnswer answer() {
        return new UnreadAnswer(new UnreadAnswers(1), Duration.ofSeconds(1), new NoConnectionEvents(), () -> {});
    }
}
