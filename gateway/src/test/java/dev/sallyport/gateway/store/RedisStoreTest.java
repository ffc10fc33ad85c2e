package dev.sallyport.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.StoreFailure;
import dev.sallyport.store.StoreFailure.Fault;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** With a real server. */
@Timeout(120)
final class RedisStoreTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Script ECHO =
            Script.of("echo", "return {ARGV[1], redis.call('INCR', KEYS[1]), false, tonumber(ARGV[2])}");
    private static final Script BROKEN = Script.of("broken", "return redis.call('NONSENSE')");
    private static final Script NO_LIST = Script.of("no-list", "return 1");

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<String> causes = new ConcurrentLinkedQueue<>();
    private final Queue<ScriptResult> late = new ConcurrentLinkedQueue<>();
    private StoreServer server = StoreServer.redis();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_script_is_run_by_its_digest_and_sent_whole_where_the_server_does_not_know_it() {
        try (StoreAccess access = connected(Duration.ofSeconds(10))) {
            ScriptResult first = answer(access, ECHO);
            server.ask("SCRIPT FLUSH");
            ScriptResult second = answer(access, ECHO);

            assertThat(List.of(first.number(1), second.number(1))).containsExactly(1L, 2L);
            assertThat(first.size()).isEqualTo(4);
            assertThat(first.text(0)).isEqualTo("wörd");
            assertThat(first.bytes(2)).isNull();
            assertThat(first.number(3)).isEqualTo(7);
            assertThat(heard).contains("echo answered");
        }
    }

    @Test
    void errors_of_the_server_are_failures() {
        try (StoreAccess access = connected(Duration.ofSeconds(10))) {
            assertThat(fault(run(access, BROKEN))).isEqualTo(Fault.FAILED);
            assertThat(answer(access, ECHO)).isNotNull();
            assertThat(heard).contains("broken failed", "echo answered");
        }
    }

    @Test
    void what_is_no_list_is_read_as_a_list_of_one() {
        try (StoreAccess access = connected(Duration.ofSeconds(10))) {
            assertThat(answer(access, NO_LIST).number(0)).isEqualTo(1);
        }
    }

    @Test
    void without_a_server_everything_is_refused_at_once_until_it_is_there() {
        try (StoreAccess access = connected(Duration.ofSeconds(10))) {
            server.stop();
            await().until(() -> !access.isConnected());
            @Nullable Fault down = fault(run(access, ECHO));
            server.start();
            await().atMost(SOON).until(access::isConnected);

            assertThat(down).isEqualTo(Fault.DISCONNECTED);
            assertThat(answer(access, ECHO).number(1)).isEqualTo(1);
            assertThat(heard).contains("connected", "lost", "unreachable");
        }
    }

    @Test
    void what_is_on_its_way_when_the_server_dies_fails_and_is_not_sent_again() {
        try (StoreAccess access = connected(Duration.ofSeconds(10))) {
            answer(access, ECHO);
            server.pause();
            var running = run(access, ECHO).toFuture();
            server.stop();

            assertThat(running)
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StoreFailure.class)
                    .withMessageContaining("failed");
            server.start();
            await().atMost(SOON).until(access::isConnected);
            assertThat(answer(access, ECHO).number(1)).isEqualTo(1);
        }
    }

    @Test
    void a_silent_server_is_given_up_and_nothing_waits_for_it_any_more() {
        try (StoreAccess access = connected(Duration.ofMillis(20))) {
            await().atMost(SOON).until(() -> isAnswered(access));
            server.pause();
            await().atMost(SOON).until(() -> fault(run(access, ECHO)) == Fault.DISCONNECTED);
            server.resume();
            await().atMost(SOON).until(() -> isAnswered(access));

            assertThat(heard).contains("echo timed_out", "lost", "echo disconnected");
        }
    }

    @Test
    void what_comes_after_its_timeout_is_told_apart() {
        try (StoreAccess access = connected(Duration.ofMillis(200))) {
            await().atMost(SOON).until(() -> isAnswered(access));
            late.clear();
            server.pause();
            @Nullable Fault fault = fault(run(access, ECHO));
            server.resume();

            await().atMost(SOON).until(() -> late.size() == 1);
            assertThat(fault).isEqualTo(Fault.TIMED_OUT);
        }
    }

    @Test
    void no_more_than_a_thousand_commands_wait() throws InterruptedException {
        try (StoreAccess access = connected(Duration.ofSeconds(10))) {
            answer(access, ECHO);
            server.pause();
            var refused = new CountDownLatch(500);
            var running = Flux.fromStream(IntStream.range(0, 1500).boxed())
                    .flatMap(
                            each -> run(access, ECHO)
                                    .doOnError(failure -> refused.countDown())
                                    .onErrorComplete(),
                            1500)
                    .subscribe();

            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(heard.stream().filter("echo too_many"::equals)).hasSize(500);
            running.dispose();
        }
    }

    @Test
    void a_password_is_taken_from_the_address_or_from_a_file() throws Exception {
        server.close();
        server = StoreServer.redis("--requirepass", "open+sesame");
        Path file = Files.writeString(folder.resolve("password"), "open+sesame\n");

        String url = "redis://:open+sesame@127.0.0.1:" + server.port();
        try (StoreAccess byUrl = access(url, null, Duration.ofSeconds(10))) {
            await().atMost(SOON).until(byUrl::isConnected);
            assertThat(byUrl.address()).contains(server.url() + "/0");
        }
        try (StoreAccess byUrl = access(url, null, Duration.ofSeconds(10))) {
            await().atMost(SOON).until(byUrl::isConnected);

            String another = "another+sesame";
            heard.clear();
            server.close();
            server = StoreServer.redisOn(server.port(), "--requirepass", another);
            byUrl.renew(settings("redis://:" + another + "@127.0.0.1:" + server.port()));
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).contains("connected"));

            byUrl.renew(settings("redis://:open+sesame@127.0.0.1:1"));
            assertThat(byUrl.address()).contains(server.url() + "/0");
            server.close();
            server = StoreServer.redisOn(server.port(), "--requirepass", "open+sesame");
            byUrl.renew(settings(url));
            await().atMost(SOON).until(byUrl::isConnected);
        }
        try (StoreAccess byFile = access(server.url(), file.toString(), Duration.ofSeconds(10))) {
            await().atMost(SOON).until(byFile::isConnected);

            String another = "another+sesame";
            Files.writeString(file, another + "\n");
            heard.clear();
            server.close();
            server = StoreServer.redisOn(server.port(), "--requirepass", another);
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).contains("connected"));
        }
        try (StoreAccess without = access(server.url(), null, Duration.ofSeconds(10))) {
            await().atMost(SOON).until(() -> heard.contains("unreachable"));
            assertThat(without.isConnected()).isFalse();
            assertThat(causes).contains("StoreRefused: the server answered NOAUTH");
        }
    }

    @Test
    void over_tls_a_server_is_believed_by_its_certificate_and_name() throws Exception {
        Certificate ours = Certificate.of(folder, "ip:127.0.0.1");
        Certificate elsewhere = Certificate.of(folder, "dns:elsewhere");
        String url = overTls(ours);

        try (StoreAccess access = access(url, ours)) {
            await().atMost(SOON).until(access::isConnected);
            assertThat(answer(access, ECHO).number(1)).isEqualTo(1);
        }
        assertUnreachable(access(url, elsewhere));
        assertUnreachable(access(url.replace("rediss", "redis"), null, Duration.ofSeconds(10)));
        assertUnreachable(access(overTls(elsewhere), elsewhere));
    }

    private String overTls(Certificate certificate) throws Exception {
        server.close();
        server = StoreServer.redisOverTls(certificate.certificate(), certificate.privateKey());
        return "rediss://127.0.0.1:" + server.port();
    }

    private void assertUnreachable(StoreAccess access) {
        try (access) {
            heard.clear();
            await().atMost(SOON).until(() -> heard.contains("unreachable"));
            assertThat(access.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_turns_out_to_be_a_replica_is_left_until_it_is_none(StoreKind kind) {
        server.close();
        server = StoreServer.of(kind);
        try (var replica = StoreServer.of(kind, "--replicaof", "127.0.0.1", Integer.toString(server.port()));
                var access = access(replica.url(), null, Duration.ofSeconds(10))) {
            await().atMost(SOON).until(access::isConnected);

            assertThat(fault(run(access, ECHO))).isEqualTo(Fault.FAILED);
            await().atMost(SOON).until(() -> heard.contains("lost"));
            await().atMost(SOON).until(access::isConnected);
            replica.ask("REPLICAOF NO ONE");

            await().atMost(SOON).until(() -> isAnswered(access));
        }
    }

    private StoreAccess connected(Duration timeout) {
        StoreAccess access = access(server.url(), null, timeout);
        await().atMost(SOON).until(access::isConnected);
        return access;
    }

    private StoreAccess access(String url, @Nullable String passwordFile, Duration timeout) {
        return access(url, passwordFile, timeout, Optional.empty());
    }

    /** Read beforehand: the context is made on an event loop. */
    private StoreAccess access(String url, Certificate trusted) throws Exception {
        X509Certificate certificate;
        try (InputStream pem = Files.newInputStream(trusted.certificate())) {
            certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
        return access(
                url,
                null,
                Duration.ofSeconds(10),
                Optional.of(context -> context.trustManager(certificate).endpointIdentificationAlgorithm("HTTPS")));
    }

    private StoreAccess access(
            String url, @Nullable String passwordFile, Duration timeout, Optional<Consumer<SslContextBuilder>> tls) {
        var settings = new StoreSettings(
                Optional.of(StoreUrl.parse(url)), Optional.ofNullable(passwordFile), Optional.empty(), timeout);
        return StoreAccess.of(settings, tls, new Heard());
    }

    private Mono<ScriptResult> run(StoreAccess access, Script script) {
        return access.shared()
                .orElseThrow()
                .run(script, List.of(bytes("counter")), List.of(bytes("wörd"), bytes("7")), late::add);
    }

    private ScriptResult answer(StoreAccess access, Script script) {
        return Objects.requireNonNull(run(access, script).block(SOON));
    }

    private static StoreSettings settings(String url) {
        return new StoreSettings(
                Optional.of(StoreUrl.parse(url)), Optional.empty(), Optional.empty(), Duration.ofSeconds(10));
    }

    private boolean isAnswered(StoreAccess access) {
        return fault(run(access, ECHO)) == null;
    }

    private static @Nullable Fault fault(Mono<ScriptResult> running) {
        try {
            running.block(SOON);
            return null;
        } catch (StoreFailure failure) {
            return failure.fault();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Heard implements StoreEvents {
        @Override
        public void asked(String script, long nanos, @Nullable Fault fault) {
            heard.add(script + " " + (fault == null ? "answered" : fault.label()));
        }

        @Override
        public void connected() {
            heard.add("connected");
        }

        @Override
        public void lost() {
            heard.add("lost");
        }

        @Override
        public void unreachable(Throwable cause) {
            heard.add("unreachable");
            causes.add(Causes.told(cause));
        }
    }
}
