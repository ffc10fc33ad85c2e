package dev.sallyport.loadtests.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the load generator takes for a good head. */
final class ReplyHeadTest {
    @Test
    void a_good_one_says_how_long_its_body_is() {
        var head = new ReplyHead("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-LENGTH:  42\r\n\r\n");

        assertThat(head.problem()).isEmpty();
        assertThat(head.contentLength()).isEqualTo(42);
    }

    @Test
    void a_refusal_is_named_by_its_status_and_reason() {
        var head = new ReplyHead(
                "HTTP/1.1 502 Bad Gateway\r\nSallyport-Rejection: reply_contract\r\nContent-Length: 2\r\n\r\n");

        assertThat(head.problem()).contains("answered HTTP/1.1 502 Bad Gateway, reply_contract");
    }

    @Test
    void a_reply_whose_length_is_not_said_is_not_counted() {
        assertThat(new ReplyHead("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").problem())
                .isPresent();
    }
}
