package dev.sallyport.gateway.provider.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyDecoderTest {
    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final EmbeddedChannel channel = new EmbeddedChannel(new ProviderCodec(true));
    private final List<HttpObject> decoded = new ArrayList<>();

    @AfterEach
    void release() {
        decoded.forEach(ReferenceCountUtil::release);
        channel.finishAndReleaseAll();
    }

    @Test
    void a_plain_reply_leaves_the_connection_in_order() {
        ask();
        arrives(GOOD);

        assertThat(statuses()).containsExactly(200);
        assertThat(decoded).last().isInstanceOf(LastHttpContent.class);
        assertThat(isReusable()).isTrue();
        assertThat(atRest()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"100", "102", "103", "150", "199"})
    void an_interim_reply_is_skipped(int status) {
        ask();
        arrives("HTTP/1.1 " + status + " Soon\r\nLink: </a>\r\n\r\n");
        arrives(GOOD);

        assertThat(statuses()).containsExactly(200);
        assertThat(isReusable()).isTrue();
    }

    @Test
    void interim_replies_are_counted_for_each_call_anew() {
        for (int call = 0; call < 3; call++) {
            ask();
            arrives("HTTP/1.1 103 Hints\r\n\r\n".repeat(16) + GOOD);
        }

        assertThat(statuses()).containsExactly(200, 200, 200);
        assertThat(isReusable()).isTrue();
    }

    @Test
    void interim_replies_without_end_are_refused() {
        ask();
        arrives("HTTP/1.1 103 Hints\r\n\r\n".repeat(17));

        assertRefused("status");
    }

    /** An early refusal, while a provider that has seen enough does not read on: the rest would stand before the next call. */
    @Test
    void a_reply_before_its_request_was_sent_whole_ends_the_use_of_the_connection() {
        var unflushed = channel.write(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        arrives("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(unflushed.isDone()).isFalse();
        assertThat(statuses()).containsExactly(413);
        assertThat(decoded).last().isInstanceOf(LastHttpContent.class);
        assertThat(isReusable()).isFalse();
    }

    /** A body or a byte behind the first reply; what came with it in one piece, and what came while its end was kept. */
    @ParameterizedTest
    @ValueSource(strings = {"H", "\r\n", "HTTP/1.1 408 Request Timeout\r\n\r\n", GOOD, "\0"})
    void a_byte_behind_a_reply_ends_the_use_of_the_connection(String more) {
        ask();
        arrives(GOOD + more);

        assertThat(statuses()).containsExactly(200);
        assertThat(decoded).last().isInstanceOf(LastHttpContent.class);
        assertThat(isReusable()).isFalse();
        assertThat(atRest()).isFalse();
    }

    @Test
    void what_is_read_in_the_same_turn_counts_as_behind_the_reply() {
        ask();
        assertThat(channel.writeOneInbound(bytes(GOOD)).isSuccess()).isTrue();
        assertThat(channel.writeOneInbound(bytes(GOOD)).isSuccess()).isTrue();
        channel.flushInbound();
        take();

        assertThat(statuses()).containsExactly(200);
        assertThat(isReusable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "\n", GOOD})
    void a_byte_that_was_not_asked_for_closes_the_connection(String unsolicited) {
        arrives(unsolicited);

        assertThat(decoded).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void a_byte_on_a_connection_at_rest_closes_it() {
        ask();
        arrives(GOOD);
        arrives("H");

        assertThat(statuses()).containsExactly(200);
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "101 Switching Protocols | Upgrade: websocket | status",
                "101 Switching Protocols | Upgrade: h2c | status",
                "200 OK | Transfer-Encoding: gzip, chunked | framing",
                "200 OK | Transfer-Encoding: chunked~Transfer-Encoding: chunked | framing",
                "200 OK | Transfer-Encoding: chunked~Content-Length: 2 | framing",
                "200 OK | Transfer-Encoding: identity | framing",
                "200 OK | Content-Length: 2~Content-Length: 3 | framing",
                "200 OK | Content-Length: 2~Content-Length: 2 | framing",
                "200 OK | Content-Length: 2, 2 | framing",
                "200 OK | Content-Length: +2 | framing",
                "200 OK | Content-Length: -2 | framing",
                "200 OK | Content-Length: 0x2 | framing",
                "200 OK | Content-Type: application/json | framing",
                "0200 OK | Content-Length: 2 | framing",
                "+20 OK | Content-Length: 2 | framing",
                "99 OK | Content-Length: 2 | framing",
                "abc OK | Content-Length: 2 | framing",
            })
    void a_reply_in_doubt_is_refused(String status, String fields, String keyword) {
        ask();
        arrives("HTTP/1.1 " + status + "\r\n" + fields.replace("~", "\r\n") + "\r\n\r\n{}");

        assertRefused(keyword);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ICY 200 OK", "HTTP/2.0 200 OK", "HTTP/1.2 200 OK", "what?"})
    void what_is_no_http_1_is_refused(String line) {
        ask();
        arrives(line + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(isReusable()).isFalse();
    }

    @Test
    void header_fields_beyond_the_limit_are_told_as_such() {
        ask();
        arrives("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(ReplyDecoder.LARGEST_HEAD) + "\r\n\r\n");

        assertRefused("headers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 304 Not Modified\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}XX",
            })
    void a_connection_is_not_used_again_after(String reply) {
        ask();
        arrives(reply);

        assertThat(isReusable()).isFalse();
    }

    @Test
    void a_reply_in_chunks_is_whole_with_its_last_one() {
        ask();
        arrives("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
        assertThat(decoded).last().isNotInstanceOf(LastHttpContent.class);
        arrives("0\r\n\r\n");

        assertThat(decoded).last().isInstanceOf(LastHttpContent.class);
        assertThat(isReusable()).isTrue();
    }

    private void ask() {
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
        channel.releaseOutbound();
    }

    private void arrives(String text) {
        channel.writeInbound(bytes(text));
        take();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    private void take() {
        for (HttpObject next = channel.readInbound(); next != null; next = channel.readInbound()) {
            decoded.add(next);
        }
    }

    private List<Integer> statuses() {
        return decoded.stream()
                .filter(HttpResponse.class::isInstance)
                .map(head -> ((HttpResponse) head).status().code())
                .toList();
    }

    private boolean isReusable() {
        return channel.pipeline().get(ProviderCodec.class).isReusable() && channel.isOpen();
    }

    private boolean atRest() {
        return channel.pipeline().get(ProviderCodec.class).isAtRest();
    }

    private void assertRefused(String keyword) {
        assertThat(decoded).hasSize(1);
        assertThat(decoded.get(0).decoderResult().cause())
                .isInstanceOfSatisfying(
                        BrokenReply.class,
                        broken -> assertThat(broken.keyword()).isEqualTo(keyword));
        assertThat(isReusable()).isFalse();
    }
}
