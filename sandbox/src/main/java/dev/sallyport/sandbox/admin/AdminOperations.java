package dev.sallyport.sandbox.admin;

import dev.sallyport.sandbox.fault.Fault;
import dev.sallyport.sandbox.fault.Faults;
import dev.sallyport.sandbox.fault.JwksFault;
import dev.sallyport.sandbox.fault.forgery.Forgery;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The administration over HTTP. Open to every client, therefore the sandbox listens on loopback unless told otherwise. */
public final class AdminOperations {
    private final AdminControls controls;

    public AdminOperations(AdminControls controls) {
        this.controls = controls;
    }

    public Mono<Reply> fixtures(Call call) {
        return Mono.fromSupplier(() -> Reply.json(200, controls.fixtures()));
    }

    public Mono<Reply> stats(Call call) {
        return Mono.fromSupplier(() -> Reply.json(200, controls.stats()));
    }

    /** Lists the faults with a sentence each, and whether they can be asked for now. */
    public Mono<Reply> faults(Call call) {
        ObjectNode body =
                Json.object().put("switched_on", controls.faultsAreOn()).put("header", Faults.HEADER);
        ObjectNode replies = body.putObject("faults");
        for (Fault fault : Fault.values()) {
            replies.put(fault.wireName(), fault.sentence());
        }
        Forgery.all().forEach(forgery -> replies.put(forgery.wireName(), forgery.sentence()));
        ObjectNode keys = body.putObject("jwks_faults");
        for (JwksFault fault : JwksFault.values()) {
            keys.put(fault.wireName(), fault.sentence());
        }
        return Mono.just(Reply.json(200, body));
    }

    public Mono<Reply> rotateKeys(Call call) {
        return Mono.fromRunnable(controls::rotateAllKeys).thenReturn(done());
    }

    public Mono<Reply> withdrawOldKeys(Call call) {
        return Mono.fromRunnable(controls::withdrawAllOldKeys).thenReturn(done());
    }

    /** Sets the fault of the published keys; refuses unless faults are switched on. */
    public Mono<Reply> jwksFault(Call call) {
        if (!controls.faultsAreOn()) {
            throw Refusal.of(ErrorType.BAD_REQUEST, "Faults are switched off.");
        }
        JwksFault fault = JwksFault.named(call.pathValue("fault"))
                .orElseThrow(() -> Refusal.of(ErrorType.BAD_REQUEST, "There is no such fault of the keys."));
        return Mono.fromRunnable(() -> controls.jwksFault(fault)).thenReturn(done());
    }

    private static Reply done() {
        return Reply.json(200, Json.object().put("done", true));
    }
}
