package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Cut;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.rejection.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Bodies of requests that are no calls, read by a route of the operator's. */
final class OtherBodiesTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String BEGUN = "POST /own HTTP/1.1\r\nHost: gateway\r\nContent-Length: 9\r\n\r\nabc";

    @Test
    void a_body_that_does_not_arrive_in_time_is_its_callers_fault() throws Exception {
        try (var edge = CallEdge.withBodyTimeout(Duration.ofMillis(300))) {
            edge.other = reading(edge);
            try (var caller = edge.caller()) {
                caller.send(BEGUN);

                assertThat(caller.answer()).startsWith("HTTP/1.1 408 ").contains("BODY_TOO_SLOW");
            }
        }
    }

    @Test
    void a_caller_who_leaves_within_its_body_is_no_bug() throws Exception {
        try (var edge = new CallEdge()) {
            edge.other = reading(edge);
            try (var caller = edge.caller()) {
                caller.send(BEGUN);
                caller.socket().shutdownOutput();

                WrittenRefusal told = edge.refused.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(told).isNotNull();
                assertThat(told.refusal().rejection().reason()).isEqualTo(Reason.MALFORMED_HTTP);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "9"})
    void a_length_that_is_wrong_over_http2_is_its_callers_fault(String length, @TempDir Path folder) throws Exception {
        Certificate localhost = Certificate.of(folder, "dns:localhost");
        try (var edge = CallEdge.overHttp2(localhost, RequestSettings.defaults())) {
            edge.other = reading(edge);
            String[] head = {":method", "POST", ":scheme", "https", ":authority", "gateway", ":path", "/own"};
            try (var caller = FrameCaller.to(edge.server.port(), localhost.trusting())) {
                caller.head(1, 0, head, "content-length", length).body(1, "abc");

                assertThat(caller.outcome(1).status()).matches("400( reset 1)?| reset 1");
            }
            assertThat(edge.refused)
                    .allSatisfy(told ->
                            assertThat(told.refusal().rejection().reason()).isEqualTo(Reason.MALFORMED_HTTP));
            assertThat(edge.failed).isEmpty();
            assertThat(edge.cuts).doesNotContain(Cut.UPSTREAM_FAILED);
        }
    }

    /** As a route whose connection to its upstream ends before the request is sent. */
    @Test
    void an_upstream_that_leaves_is_not_the_callers_fault() throws Exception {
        try (var edge = new CallEdge()) {
            edge.other = failing(edge, AbortedException.beforeSend());
            try (var caller = edge.caller()) {
                caller.send("GET /own HTTP/1.1\r\nHost: gateway\r\n\r\n");

                assertThat(caller.answer()).startsWith("HTTP/1.1 502 ").contains("PROVIDER_UNREACHABLE");
            }
        }
    }

    private static HttpHandler failing(CallEdge edge, Exception failure) {
        return handler(edge, exchange -> Mono.error(failure));
    }

    private static HttpHandler reading(CallEdge edge) {
        return handler(
                edge,
                exchange -> exchange.getRequest()
                        .getBody()
                        .doOnNext(DataBufferUtils::release)
                        .then());
    }

    private static HttpHandler handler(CallEdge edge, WebHandler route) {
        return WebHttpHandlerBuilder.webHandler(route)
                .exceptionHandler(edge.errors)
                .codecConfigurer(ServerCodecConfigurer.create()) // its classes read a file when they are loaded
                .build();
    }
}
