package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.EgressProxySettings;
import dev.sallyport.config.EgressSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.Waiting;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.NoConnection;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.egress.AddressRefused;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.HttpResources;

/** The provider's name: what is told where it has no address, and how soon another address is used. */
@Timeout(120)
final class NamesTest {
    private static final Contract CONTRACT =
            PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32)).contracts().stream()
                    .filter(contract -> contract.operation().id().equals("sessions.list"))
                    .findFirst()
                    .orElseThrow();
    private static final String EMPTY_LIST =
            "{\"status_code\":200,\"request_id\":\"request-id-test-1\",\"sessions\":[]}";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofSeconds(1);

    private NameServer names;
    private Connector connector;
    private ConnectionPool pool;

    @BeforeEach
    void start() throws IOException {
        names = new NameServer();
        connector = new Connector(
                HttpResources.get(), LONG, Optional::empty, new Egress(names.resolver(), anywhere -> true));
        pool = new ConnectionPool(new PoolLimits("test", 2, 10, LONG, LONG, LIFE, LIFE), connector, true);
    }

    @AfterEach
    void stop() {
        pool.close();
        connector.close();
        names.close();
    }

    @Test
    void a_name_that_does_not_exist_is_told_and_the_call_was_not_made() {
        names.knowsNoName();

        Reply reply = call(Deadline.NONE, 80);

        assertThat(refused(reply, "its name could not be resolved")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_name_server_that_says_nothing_is_waited_for_in_the_time_of_the_call() {
        names.saysNothing();

        Reply reply = call(Deadline.in(Duration.ofMillis(200)), 80);

        assertThat(refused(reply, "no connection was made within the call's time"))
                .isInstanceOf(NoConnection.class);
    }

    /** Within the name's time to live and the longest life of a connection. */
    @Test
    void another_address_is_used_as_soon_as_the_connections_to_the_old_one_are_old() throws IOException {
        InetAddress one = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (var before = server(0, one);
                var after = server(before.port(), other)) {
            names.has(one);
            assertThat(call(Deadline.NONE, before.port())).isInstanceOf(Answer.class);
            names.has(other);

            Waiting.until("the other address is used", () -> {
                assertThat(call(Deadline.NONE, before.port())).isInstanceOf(Answer.class);
                return after.connections() > 0;
            });

            Waiting.until("the old one is left", () -> before.open() == 0);
            int then = before.connections();
            assertThat(call(Deadline.NONE, before.port())).isInstanceOf(Answer.class);
            assertThat(before.connections()).isEqualTo(then);
        }
    }

    /** A name that changes its address in between finds that the address is looked at which is connected to. */
    @Test
    void an_address_that_may_not_be_connected_to_is_not_whatever_name_leads_there() throws IOException {
        InetAddress one = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        pool.close();
        connector.close();
        connector =
                new Connector(HttpResources.get(), LONG, Optional::empty, new Egress(names.resolver(), other::equals));
        pool = new ConnectionPool(new PoolLimits("test", 2, 10, LONG, LONG, LIFE, LIFE), connector, false);
        try (var inside = server(0, one);
                var outside = server(inside.port(), other)) {
            names.has(other);
            assertThat(call(Deadline.NONE, inside.port())).isInstanceOf(Answer.class);
            names.has(one);

            Reply refused = Waiting.until(
                    "the name has the other address",
                    () -> call(Deadline.NONE, inside.port()),
                    Refusal.class::isInstance);

            assertThat(refused(refused, "its address may not be connected to")).isInstanceOf(AddressRefused.class);
            assertThat(inside.connections()).isZero();
            assertThat(outside.connections()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost", "[::ffff:127.0.0.1]", "2130706433"})
    void with_the_switch_no_way_of_writing_this_machine_leads_to_it(String host) throws IOException {
        connector.close();
        connector = new Connector(
                HttpResources.get(),
                LONG,
                Optional::empty,
                Egress.of(
                        new EgressSettings(EgressSettings.PrivateAddresses.REFUSE, LIFE, EgressProxySettings.none())));
        pool = new ConnectionPool(new PoolLimits("test", 2, 10, LONG, LONG, LIFE, LIFE), connector, false);
        try (var inside = server(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            var refused = (Refusal) call(Deadline.in(Duration.ofSeconds(20)), host, inside.port());

            assertThat(refused.rejection().reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
            assertThat(refused.rejection().message()).contains("The call was not made.");
            assertThat(inside.connections()).isZero();
        }
    }

    private static Dialogues server(int port, InetAddress address) throws IOException {
        return new Dialogues(new ServerSocket(port, 10, address), wire -> {
            while (wire.path() != null) {
                wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + EMPTY_LIST.length()
                        + "\r\n\r\n" + EMPTY_LIST);
            }
        });
    }

    private @Nullable Throwable refused(Reply reply, String why) {
        var refusal = (Refusal) reply;
        assertThat(refusal.rejection().reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
        assertThat(refusal.rejection().message()).contains(why, "The call was not made.");
        assertThat(refusal.timing()).isEqualTo(Timing.NONE);
        Waiting.until("nothing is left behind", () -> pool.open() == 0);
        return refusal.rejection().cause();
    }

    private Reply call(Deadline deadline, int port) {
        return call(deadline, "provider.test", port);
    }

    private Reply call(Deadline deadline, String host, int port) {
        var endpoint = new ProviderEndpoint(pool, URI.create("http://" + host + ":" + port), 4096);
        var upstream = new ProviderUpstream(CONTRACT, endpoint, new ReplyReading(CONTRACT));
        var call = Call.of(
                "sessions.list",
                new RequestLine("GET", "/v1/sessions?user_id=user-test-1"),
                Headers.NONE,
                new byte[0],
                new Caller("project-test-1", "127.0.0.1", deadline));
        return Objects.requireNonNull(
                upstream.send(new ReadCall(call, Document.NONE)).block());
    }
}
