package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.rejection.Reason;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose fault it is when a request fails on its way through a route. */
final class RouteFailuresTest {
    static Stream<Arguments> failures() {
        var wrongLength = Http2Exception.streamError(1, Http2Error.PROTOCOL_ERROR, "longer than it said");
        return Stream.of(
                Arguments.of(new DecoderException(wrongLength), true, Reason.MALFORMED_HTTP),
                Arguments.of(new UnreadableReply("no HTTP", null), true, Reason.PROVIDER_UNREACHABLE),
                Arguments.of(new UnreadableReply("no HTTP", null), false, Reason.PROVIDER_UNREACHABLE),
                Arguments.of(new IOException("reset"), true, Reason.PROVIDER_UNREACHABLE),
                Arguments.of(new IOException("reset"), false, Reason.MALFORMED_HTTP),
                Arguments.of(new TimeoutException(), true, Reason.PROVIDER_UNREACHABLE),
                Arguments.of(new IllegalStateException(), true, Reason.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_told_as_that_of_its_side(Throwable failure, boolean callerIsThere, Reason reason) {
        assertThat(RouteFailures.rejection(failure, callerIsThere).reason()).isEqualTo(reason);
    }
}
