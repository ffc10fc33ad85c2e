package dev.sallyport.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GatewayLogTest {
    private static final String FIRST = "WARN  calls Refused request-id=\"id-1\" reason=\"BODY_TOO_SLOW\"";
    private static final String SECOND = "WARN  calls Refused request-id=\"id-2\" reason=\"SESSION_TOKEN_REFUSED\"";

    private final GatewayLog log = new GatewayLog();

    @Test
    void the_line_of_a_call_is_found_behind_those_of_earlier_calls() throws InterruptedException {
        log.add(FIRST);
        log.add(SECOND);

        assertThat(log.about("id-2")).isEqualTo(SECOND);
        assertThat(log.rest()).isEmpty();
    }

    @Test
    void an_id_that_only_begins_alike_is_another_one() throws InterruptedException {
        log.add(FIRST.replace("id-1", "id-22"));
        log.add(SECOND);

        assertThat(log.about("id-2")).isEqualTo(SECOND);
    }

    @Test
    void a_line_that_comes_after_the_reply_is_waited_for() throws InterruptedException {
        var writer = new Thread(() -> log.add(SECOND));
        writer.start();

        assertThat(log.about("id-2")).isEqualTo(SECOND);
        writer.join();
    }

    @Test
    void what_was_not_looked_at_is_the_rest() throws InterruptedException {
        log.add(FIRST);
        log.add(SECOND);

        assertThat(log.about("id-1")).isEqualTo(FIRST);
        assertThat(log.rest()).containsExactly(SECOND);
    }
}
