package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Host header may be; everything else about a head is tried over sockets. */
final class RequestShapeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "gateway.example.com.",
                "127.0.0.1:8080",
                "A-b_c~d.9",
                "gateway:0",
                "gateway:65535",
                "gateway:00080",
                "[::1]",
                "[::1]:8443",
                "[::ffff:192.0.2.33]",
                "[0000:0000:0000:0000:0000:ffff:255.255.255.255]:1"
            })
    void a_name_or_an_address_is_one_with_a_port_or_without(String host) {
        assertThat(problem(host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "gateway:",
                "gateway:65536",
                "gateway:000080",
                "gateway:+80",
                "gateway:8 0",
                "gateway:80:80",
                "gateway/x",
                "user@gateway",
                "gate way",
                "g\u00e4teway",
                "gateway,other",
                "[",
                "[]",
                "[]:80",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]:",
                "[::1]80",
                "[::1]:65536",
                "[[::1]]",
                "[::1%eth0]",
                "[127.0.0.1]",
                "[1:2:3:4:5:6:7:8:9]",
                "[v1.x]"
            })
    void anything_else_is_none(String host) {
        assertThat(problem(host)).isNotNull();
    }

    private static @Nullable Rejection problem(String host) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set(HttpHeaderNames.HOST, host);
        return RequestShape.problem(request);
    }
}
