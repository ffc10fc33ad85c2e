package dev.sallyport.gateway.console.playground;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.RequestLine;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.gateway.console.playground.Enforced.Tried;
import dev.sallyport.gateway.console.playground.TrialResult.Door;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.generation.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what was pasted against the contract that serves. Nothing is counted, kept or sent on. */
public final class Playground {
    private final ConsoleSources.Contracts contracts;

    public Playground(ConsoleSources.Contracts contracts) {
        this.contracts = contracts;
    }

    /** What the empty form asks. */
    public record Form(List<String> operations, String chosen) {}

    /** The form, with an operation chosen. */
    public Form form(String chosen) {
        List<String> operations = contracts.serving().get().pack().catalog().contracts().stream()
                .map(contract -> contract.operation().id())
                .sorted()
                .toList();
        return new Form(operations, chosen);
    }

    /** Tries it. */
    public TrialResult tried(Trial trial) {
        Generation serving = contracts.serving().get();
        Optional<Contract> contract = serving.pack().catalog().contract(trial.operation());
        if (contract.isEmpty()) {
            return TrialResult.problem("There is no such operation.");
        }
        if (!trial.hasRequest() && !trial.hasReply() && !trial.hasClaims()) {
            return TrialResult.problem("Paste a request, a reply or the claims of a session token.");
        }
        return new Run(contract.get(), trial, new Enforced(serving.settings().contracts())).result();
    }

    /** One trial; read from the first door to the second. */
    private static final class Run {
        private final Contract contract;
        private final Trial trial;
        private final Enforced enforced;
        private final List<Door> doors = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Run(Contract contract, Trial trial, Enforced enforced) {
            this.contract = contract;
            this.trial = trial;
            this.enforced = enforced;
        }

        TrialResult result() {
            @Nullable
            Document request = trial.hasRequest() ? read("request", contract.readRequest(trial.request())) : null;
            @Nullable Document reply = trial.hasReply() ? reply() : null;
            @Nullable Document claims = trial.hasClaims() ? claims() : null;
            ReadCall call = new ReadCall(call(), request == null ? Document.NONE : request);
            if (request != null) {
                var tried = new Tried(call, Facts.of(request), request.violations());
                doors.add(enforced.door("First door: the request", ContractEnforcement::request, contract, tried));
            }
            var facts = new Facts(request, reply, claims, trial.status(), null);
            if (reply != null) {
                Enforced.DoorMaker door =
                        (of, settings, events) -> ContractEnforcement.reply(of, settings, events, null);
                var tried = new Tried(call, facts, reply.violations());
                doors.add(enforced.door("Second door: the reply", door, contract, tried));
            }
            if (claims != null) {
                var tried = new Tried(call, facts, claims.violations());
                doors.add(enforced.door(
                        "Second door: what binds the session token", ContractEnforcement::bindings, contract, tried));
            }
            return new TrialResult(doors, problems);
        }

        private @Nullable Document reply() {
            if (!contract.replyForm().isSuccess(trial.status())) {
                problems.add("The reply: the status " + trial.status()
                        + " is no success, so the schema of replies does not speak of it.");
                return null;
            }
            return read("reply", contract.readReply(trial.reply()));
        }

        private @Nullable Document claims() {
            Optional<TokenContract> token = contract.sessionToken();
            if (token.isEmpty()) {
                problems.add("The claims: replies of this operation carry no session token.");
                return null;
            }
            return read("claims", token.get().readClaims(trial.claims()));
        }

        private @Nullable Document read(String what, Reading reading) {
            if (reading instanceof Unreadable unreadable) {
                String where = unreadable.offset() < 0 ? "" : " (at byte " + unreadable.offset() + ")";
                problems.add("The " + what + " " + unreadable.what() + where + ": refused in every mode.");
                return null;
            }
            return (Document) reading;
        }

        private Call call() {
            var operation = contract.operation();
            return Call.of(
                    operation.id(),
                    new RequestLine(operation.method(), operation.path()),
                    Headers.NONE,
                    new byte[0],
                    new Caller(null, "", Deadline.NONE));
        }
    }
}
