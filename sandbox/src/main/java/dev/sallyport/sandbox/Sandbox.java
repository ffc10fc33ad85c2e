package dev.sallyport.sandbox;

import dev.sallyport.sandbox.admin.AdminControls;
import dev.sallyport.sandbox.admin.AdminOperations;
import dev.sallyport.sandbox.fault.JwksFault;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.server.Frontdoor;
import dev.sallyport.sandbox.server.RecordedRequest;
import dev.sallyport.sandbox.server.RequestLog;
import dev.sallyport.sandbox.server.Routes;
import dev.sallyport.sandbox.server.Threads;
import dev.sallyport.sandbox.server.Workers;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.node.ObjectNode;

/** A running stand-in provider. Thread-safe. */
public final class Sandbox implements AutoCloseable {
    private static final int MOST_HEADER_BYTES = 64 << 10;

    private final SandboxOptions options;
    private final Threads threads = new Threads();
    private final Assembly assembly;
    private final RequestLog log = new RequestLog();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;
    private volatile JwksFault jwksFault = JwksFault.NONE;

    private Sandbox(SandboxOptions options) {
        this.options = options;
        this.assembly = new Assembly(options, threads, this::baseUrl);
        Routes routes = Routes.of(assembly.context(), new AdminOperations(new OwnControls()));
        Frontdoor.Settings settings = new Frontdoor.Settings(
                options.faults(), new Workers(options.workers(), options.latency()), () -> jwksFault);
        this.server = bind(new Frontdoor(routes, assembly.context(), log, settings));
    }

    /** Binds the port; gives back what was taken so far if it cannot. */
    private DisposableServer bind(Frontdoor frontdoor) {
        try {
            return HttpServer.create()
                    .runOn(threads.loops())
                    .host(options.host())
                    .port(options.port())
                    .channelGroup(connections)
                    .httpRequestDecoder(decoder -> decoder.maxHeaderSize(MOST_HEADER_BYTES))
                    .handle(frontdoor)
                    .bindNow();
        } catch (RuntimeException failure) {
            assembly.close();
            threads.close();
            throw failure;
        }
    }

    /** Starts a sandbox; throws {@link reactor.netty.ChannelBindException} if the port is taken. */
    public static Sandbox start(SandboxOptions options) {
        return new Sandbox(options);
    }

    public int port() {
        return server.port();
    }

    /** Returns the address under which this machine reaches the sandbox, without a slash at the end. */
    public String baseUrl() {
        String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
        return "http://" + host + ":" + port();
    }

    public Fixtures fixtures() {
        return assembly.fixtures();
    }

    /** Makes the key that forged tokens are signed with; otherwise the first call that asks for one waits for it. */
    public void makeForgersKey(String projectId) {
        assembly.context().keys().of(projectId).unpublished();
    }

    /** Makes a new key the active one; the old ones stay published. */
    public void rotateKeys(String projectId) {
        assembly.context().keys().of(projectId).rotate();
    }

    /** Publishes the active key only. */
    public void withdrawOldKeys(String projectId) {
        assembly.context().keys().of(projectId).withdrawOld();
    }

    /** Returns how many requests came, those for keys and for the sandbox itself excepted; counted when the head is there. */
    public long received() {
        return log.received();
    }

    public long jwksFetches() {
        return log.jwksFetches();
    }

    /** Returns the latest requests that {@link #received} counts and whose body is complete, the oldest first. */
    public List<RecordedRequest> requests() {
        return log.latest();
    }

    /** Sets what is wrong with the published keys of all projects, whether or not faults are switched on. */
    public void jwksFault(JwksFault fault) {
        jwksFault = fault;
    }

    /** Waits until the sandbox is closed. */
    public void awaitClose() {
        server.onDispose().block();
    }

    @Override
    public void close() {
        connections.close().awaitUninterruptibly();
        server.disposeNow();
        assembly.close();
        threads.close();
    }

    /** The administration's hands. */
    private final class OwnControls implements AdminControls {
        @Override
        public ObjectNode fixtures() {
            return FixturesJson.of(assembly.fixtures());
        }

        @Override
        public ObjectNode stats() {
            return Json.object()
                    .put("received", received())
                    .put("jwks_fetches", jwksFetches())
                    .put("sessions", assembly.sessions())
                    .put("jwks_fault", jwksFault.wireName());
        }

        @Override
        public void rotateAllKeys() {
            assembly.context().keys().rotateAll();
        }

        @Override
        public void withdrawAllOldKeys() {
            assembly.context().keys().withdrawAllOld();
        }

        @Override
        public boolean faultsAreOn() {
            return options.faults();
        }

        @Override
        public void jwksFault(JwksFault fault) {
            Sandbox.this.jwksFault = fault;
        }
    }
}
