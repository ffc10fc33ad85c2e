package dev.sallyport.loadtests.gateways;

import dev.sallyport.loadtests.process.Children;
import dev.sallyport.loadtests.process.Jvm;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.process.Nginx;
import dev.sallyport.loadtests.process.Ports;
import dev.sallyport.loadtests.provider.Exchange;
import dev.sallyport.loadtests.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts what is measured, in front of one provider. */
public final class Gateways {
    private final Children children;
    private final Jvm jvm;
    private final Jars jars;
    private final Provider provider;

    /** Gateways in front of a provider, on a JDK with flags that all of them get. */
    public Gateways(Children children, Jvm jvm, Jars jars, Provider provider) {
        this.children = children;
        this.jvm = jvm;
        this.jars = jars;
        this.provider = provider;
    }

    /** Plain Spring Cloud Gateway: one route, no filter. */
    public Gateway bare(String name) {
        int port = Ports.free();
        return java(
                name,
                port,
                jvm,
                List.of(
                        "-jar",
                        jars.bare().toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--upstream=" + provider.url()));
    }

    /** An application of Spring Cloud Gateway with the starter, all contracts on; without observations, as the plain one is. */
    public Gateway starter(String name) {
        int port = Ports.free();
        return java(
                name,
                port,
                jvm,
                List.of(
                        "-jar",
                        jars.starter().toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--provider.url=" + provider.url(),
                        "--spring.cloud.gateway.server.webflux.observability.enabled=false",
                        "--spring.cloud.gateway.server.webflux.metrics.enabled=false",
                        "--management.observations.enable.all=false",
                        "--logging.level.root=warn"));
    }

    /** Sallyport as a jar, with all contracts on, and flags of its own. */
    public Gateway sallyport(String name, Path jar, List<String> flags) {
        int port = Ports.free();
        List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString()));
        arguments.addAll(run(port));
        return java(name, port, jvm.with(flags), arguments);
    }

    /** Sallyport by its script in a checkout, which may know faster ways to start. */
    public Gateway script(String name, Path checkout, List<String> flags) {
        int port = Ports.free();
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("sallyport").toString()));
        command.addAll(run(port));
        Map<String, String> environment = Map.of(
                "JAVA_HOME", jvm.home().toString(),
                "JAVA_OPTS", String.join(" ", jvm.with(flags).flags()));
        return new Gateway(name, port, children.start(name, command, environment));
    }

    /**
     * Sallyport as the image runs it, with the runtime and the flags that lie there.
     *
     * @param folder what the scripts in deploy/image have made: {@code runtime} and {@code app}
     */
    public Gateway image(String name, Path folder, List<String> flags) {
        int port = Ports.free();
        List<String> command = new ArrayList<>(
                List.of(folder.resolve("runtime/bin/java").toString(), "@" + folder.resolve("app/java.options")));
        command.addAll(jvm.with(flags).flags());
        command.addAll(List.of("-jar", folder.resolve("app/gateway.jar").toString()));
        command.addAll(run(port));
        return new Gateway(name, port, children.start(name, command));
    }

    /** Has the script in a checkout make its starts fast; returns when it has. */
    public void prepareScript(Path checkout) {
        List<String> command = List.of(checkout.resolve("sallyport").toString(), "prepare");
        children.start("prepare", command, Map.of("JAVA_HOME", jvm.home().toString()))
                .awaitEnd();
    }

    /** A proxy on Reactor Netty alone. */
    public Gateway reactorNetty(String name) {
        int port = Ports.free();
        return java(
                name,
                port,
                jvm,
                List.of(
                        "-cp",
                        jars.measurements().toString(),
                        "-Dloader.main=dev.sallyport.loadtests.proxy.PlainProxy",
                        "org.springframework.boot.loader.launch.PropertiesLauncher",
                        Integer.toString(port),
                        provider.url()));
    }

    /** nginx as a reverse proxy. */
    public Gateway nginx(String name, Nginx nginx) {
        int port = Ports.free();
        String http = """
                  upstream provider {
                    server %s;
                    keepalive 256;
                    keepalive_requests 1000000000;
                  }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://provider;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                    }
                  }
                """.formatted(provider.url().replace("http://", ""), port);
        return new Gateway(name, port, nginx.start(children, name, http));
    }

    private Gateway java(String name, int port, Jvm on, List<String> arguments) {
        return new Gateway(name, port, children.start(name, on.command(arguments)));
    }

    private List<String> run(int port) {
        return List.of(
                "run",
                "--config",
                settings().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.port=" + Ports.free());
    }

    private Path settings() {
        String text = """
                sallyport:
                  provider:
                    base-url: %s
                    projects: [ { id: %s } ]
                """.formatted(provider.url(), Exchange.PROJECT);
        try {
            return Files.writeString(children.scratch().resolve("settings.yml"), text);
        } catch (IOException failed) {
            throw new MeasurementFailed("no settings file", failed);
        }
    }
}
