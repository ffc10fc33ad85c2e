package dev.sallyport.loadtests.provider;

import dev.sallyport.loadtests.process.Children;
import dev.sallyport.loadtests.process.Jvm;
import dev.sallyport.loadtests.process.Nginx;
import java.nio.file.Path;
import java.util.Optional;

/** The provider that gateways are measured in front of: a static server, whose replies the sandbox signs anew in time. */
public final class Provider implements AutoCloseable {
    private final Sandbox sandbox;
    private final StaticServer server;
    private Replies replies;

    private Provider(Sandbox sandbox, StaticServer server) {
        this.sandbox = sandbox;
        this.server = server;
        this.replies = sandbox.replies();
        server.show(replies);
    }

    /** Starts both; nginx serves if there is one. */
    public static Provider start(Children children, Jvm jvm, Path sandboxJar, Optional<Nginx> nginx) {
        Sandbox sandbox = Sandbox.start(children, jvm, sandboxJar);
        byte[] keys = sandbox.keys();
        StaticServer server = nginx.<StaticServer>map(binary -> NginxServer.start(binary, children, keys))
                .orElseGet(() -> new NettyServer(keys));
        return new Provider(sandbox, server);
    }

    /** What it answers with now. While no call is under way: replies that get old are replaced here. */
    public Replies freshReplies() {
        if (!replies.areFresh()) {
            replies = sandbox.replies();
            server.show(replies);
        }
        return replies;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public int port() {
        return server.port();
    }

    /** CPU time that the static server took until now. */
    public long cpuMicros() {
        return server.cpuMicros();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
