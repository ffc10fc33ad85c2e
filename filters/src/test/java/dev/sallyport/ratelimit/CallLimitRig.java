package dev.sallyport.ratelimit;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.ratelimit.CallLimitFilter.Proof;
import io.github.bucket4j.TimeMeter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A limit of five calls an hour, and calls with the project's secret and with a guess. */
final class CallLimitRig {
    static final Limit FIVE = limit("five", LimitKey.PROJECT);
    static final String SECRET = "Basic cHJvamVjdDpzZWNyZXQ=";
    static final String GUESS = "Basic cHJvamVjdDpndWVzcw==";
    final AtomicLong nanos = new AtomicLong();
    private final LocalLimitStore store = new LocalLimitStore(100, TimeMeter.SYSTEM_NANOTIME);
    final Permits permits = new Permits(store, new RateLimitFields(new LimitHeaderSettings(false, false)), limit -> {});
    final GoodCredentials good = new GoodCredentials(nanos::get);
    final CallLimitFilter filter = filter(FIVE);

    CallLimitFilter filter(Limit limit) {
        return new CallLimitFilter(new CallBuckets(List.of(limit)), permits, good, Proof.OF_SUCCESS);
    }

    static Limit limit(String name, LimitKey key) {
        return new Limit(name, key, 1, Duration.ofHours(1), 5);
    }

    /** The body's organization is in a header as well. */
    static boolean passes(
            CallLimitFilter filter, String project, String authorization, String address, String body, int status) {
        String organization = body.replaceAll("\\W|organization_id", "");
        var call = Calls.unread(Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(Map.of("Authorization", authorization, "X-Organization", organization)),
                body.getBytes(StandardCharsets.UTF_8),
                new Caller(project, address)));
        return Calls.through(filter, call, asked -> Mono.just(Calls.answer(status, "{}"))) instanceof Answer;
    }

    boolean passes(@Nullable String authorization, String address, int status) {
        Reply reply =
                Calls.through(filter, call(authorization, address), asked -> Mono.just(Calls.answer(status, "{}")));
        return reply instanceof Answer;
    }

    static ReadCall call(@Nullable String authorization, String address) {
        Map<String, String> headers = authorization == null ? Map.of() : Map.of("Authorization", authorization);
        String project = authorization == null ? null : "project";
        return Calls.unread(Call.of(
                "login",
                new RequestLine("POST", "/login"),
                Headers.of(headers),
                new byte[0],
                new Caller(project, address)));
    }
}
