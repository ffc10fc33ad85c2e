package dev.sallyport.loadtests.provider;

import dev.sallyport.loadtests.process.Child;
import dev.sallyport.loadtests.process.Children;
import dev.sallyport.loadtests.process.Jvm;
import dev.sallyport.loadtests.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The sandbox, asked for replies that a static server then gives. */
final class Sandbox {
    private static final int REPLIES = 16;

    private final ExchangeClient client;

    private Sandbox(ExchangeClient client) {
        this.client = client;
    }

    static Sandbox start(Children children, Jvm jvm, Path jar) {
        int port = Ports.free();
        Child child = children.start(
                "sandbox",
                jvm.with(List.of("-Xmx256m"))
                        .command(List.of("-jar", jar.toString(), "sandbox", "--port", Integer.toString(port))));
        var client = new ExchangeClient(port);
        child.await("an answer", Duration.ofMillis(100), client::isAnswered);
        return new Sandbox(client);
    }

    byte[] keys() {
        return client.keys();
    }

    Replies replies() {
        return new Replies(Stream.generate(client::exchange).limit(REPLIES).toList());
    }
}
