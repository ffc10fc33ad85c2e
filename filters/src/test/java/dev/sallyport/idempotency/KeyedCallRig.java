package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.idempotency.Idempotency.SecondDoor;
import dev.sallyport.idempotency.Idempotency.Terms;
import dev.sallyport.idempotency.LocalClaimStore.Bounds;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The filter with a provider of lambdas, the local store, and a clock that a test moves. */
abstract class KeyedCallRig {
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration KEEP = Duration.ofHours(24);
    static final Duration DEADLINE = Duration.ofSeconds(40);
    static final Duration TOKEN_LIFE = Duration.ofMinutes(6);
    static final String BODY = "{'token':'s3cr3t'}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    Contract contract;

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final LocalClaimStore local =
            new LocalClaimStore(new Bounds(LEASE, KEEP, 100, 1 << 20), () -> time.now(TimeUnit.NANOSECONDS));
    final List<String> heard = new ArrayList<>();
    final List<ReadCall> sent = new ArrayList<>();
    ClaimStore store = local;
    Function<Answer, Reply> tokens = answer -> answer;
    Mono<Reply> provider = Mono.fromSupplier(() -> success("{'user':'u'}"));

    final Keyring keyring = new Keyring(
            List.of("a key of thirty-two bytes, no more".substring(0, 32).getBytes(UTF_8)));

    final IdempotencyEvents events = new IdempotencyEvents() {
        @Override
        public void met(String operation, Met met) {
            heard.add(met.label());
        }

        @Override
        public void ended(String operation, Ended ended) {
            heard.add("ended " + ended.label());
        }
    };

    @BeforeEach
    void compile() {
        contract = SmallPack.in(folder)
                .withExact(
                        "catalog.yml",
                        SmallPack.CATALOG.replace("    path: /login", "    path: /login\n    idempotency-key: true"))
                .contract("login");
    }

    void assertUnknown() {
        int before = sent.size();
        Rejection rejection = Calls.rejection(send("key"));
        assertThat(rejection.reason()).isEqualTo(Reason.CALL_OUTCOME_UNKNOWN);
        assertThat(rejection.toString() + rejection.message()).doesNotContain("s3cr3t", "forged");
        assertThat(sent).hasSize(before);
        assertThat(heard).endsWith("unknown");
    }

    Reply send(String key) {
        return send(call(key));
    }

    Reply send(ReadCall call) {
        return send(call, false);
    }

    Reply send(ReadCall call, boolean withoutStore) {
        return send(call, idempotency(withoutStore));
    }

    Reply send(ReadCall call, Idempotency idempotency) {
        Filter<ReadCall> filter = idempotency.filter(contract, door(), DEADLINE).orElseThrow();
        return Objects.requireNonNull(filter.around(this::provide).send(call).block());
    }

    Filter<ReadCall> filter() {
        return idempotency(false).filter(contract, door(), DEADLINE).orElseThrow();
    }

    Idempotency idempotency(boolean withoutStore) {
        return new Idempotency(keyring, store, new Terms(LEASE, KEEP, withoutStore), events, () -> time);
    }

    Idempotency idempotencyOf(ClaimStore other) {
        return new Idempotency(keyring, other, new Terms(LEASE, KEEP, false), events, () -> time);
    }

    SecondDoor door() {
        Filter<ReadCall> check = (call, next) -> next.send(call).map(reply -> tokens.apply((Answer) reply));
        return new SecondDoor(Optional.of(check), TOKEN_LIFE, Set.of("content-type"));
    }

    Mono<Reply> provide(ReadCall call) {
        sent.add(call);
        return provider;
    }

    static ReadCall call(String key) {
        return call(key, BODY, "Basic a");
    }

    static ReadCall call(String key, String body, String authorization) {
        return Calls.unread(
                Calls.call(body, Map.of("idempotency-key", key, "authorization", authorization), "project"));
    }

    static Answer answer(Reply reply) {
        assertThat(reply).isInstanceOf(Answer.class);
        return (Answer) reply;
    }

    Reply success(String body) {
        return new ReplyReading(contract)
                .read(200, Headers.of(Map.of("content-type", "application/json")), bytes(body), Calls.TIMING);
    }

    static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
