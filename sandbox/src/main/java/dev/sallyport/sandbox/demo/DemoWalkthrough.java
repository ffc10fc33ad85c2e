package dev.sallyport.sandbox.demo;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the calls of the walk through the gateway, one after the other, and counts those that went as announced. */
final class DemoWalkthrough {
    /** Enough for a machine that makes eleven calls a second: the limit fills up with ten. */
    private static final int BURST = 300;
    /** Twelve permits; the rest of the demo needs fewer. */
    private static final Duration REFILL = Duration.ofMillis(1200);

    private final HttpClient client;
    private final String gateway;
    private final GatewayProcess process;
    private final Sandbox sandbox;
    private final DemoPrinter printer;
    private final Steps steps;
    private int number;
    private int asAnnounced;

    DemoWalkthrough(HttpClient client, String gateway, GatewayProcess process, Sandbox sandbox, DemoPrinter printer) {
        this.client = client;
        this.gateway = gateway;
        this.process = process;
        this.sandbox = sandbox;
        this.printer = printer;
        this.steps = new Steps(sandbox.fixtures());
    }

    /** Whether every step went as announced. */
    boolean walk() throws IOException, InterruptedException {
        process.log().rest();
        printer.heading("Calls that pass both doors");
        all(steps.good());
        take(steps.providersOwnError());
        printer.heading("Calls that the first door refuses: the provider never sees them");
        long before = sandbox.received();
        all(steps.refusedAtTheFirstDoor());
        burst();
        boolean unseen = sandbox.received() == before;
        printer.line(
                unseen ? "\n     The provider received none of these." : "\n     THE PROVIDER RECEIVED SOME OF THESE.");
        printer.heading("Replies that the second door refuses: no token, no header of theirs gets out");
        sandbox.makeForgersKey(Fixtures.CONSUMER_PROJECT_ID);
        all(steps.refusedAtTheSecondDoor());
        take(steps.hanging());
        printer.heading("Keys that change");
        sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);
        take(steps.afterRotation());
        printer.line("");
        printer.line(asAnnounced + " of " + number + " steps went as announced.");
        return asAnnounced == number && unseen;
    }

    private void all(List<Step> several) throws IOException, InterruptedException {
        for (Step step : several) {
            take(step);
        }
    }

    private void take(Step step) throws IOException, InterruptedException {
        StepOutcome outcome = call(step);
        boolean secondDoor = outcome.reason().isPresent() && outcome.reachedProvider();
        @Nullable String logged = secondDoor ? process.log().about(outcome.requestId()) : null;
        report(step, outcome, logged);
    }

    /** Calls until the limit says no; then gives it time to fill up again. */
    private void burst() throws IOException, InterruptedException {
        Step step = steps.oneOfABurst();
        StepOutcome outcome = call(step);
        for (int calls = 1; calls < BURST && outcome.status() != step.status(); calls++) {
            outcome = call(step);
        }
        report(step, outcome, null);
        Thread.sleep(REFILL.toMillis());
    }

    private void report(Step step, StepOutcome outcome, @Nullable String logged) {
        number++;
        asAnnounced += outcome.isAsAnnounced(step) ? 1 : 0;
        printer.step(number, step, outcome, logged);
    }

    private StepOutcome call(Step step) throws IOException, InterruptedException {
        return StepOutcome.of(client.send(request(step), HttpResponse.BodyHandlers.ofString()));
    }

    private HttpRequest request(Step step) {
        var request = HttpRequest.newBuilder(URI.create(gateway + step.path())).timeout(Duration.ofSeconds(30));
        if (!step.authorization().isEmpty()) {
            request.setHeader("Authorization", step.authorization());
        }
        if (step.body() != null) {
            request.setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(step.body()));
        }
        step.headers().forEach(request::setHeader);
        return request.build();
    }
}
