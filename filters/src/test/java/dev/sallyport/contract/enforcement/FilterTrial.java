package dev.sallyport.contract.enforcement;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The two filters of a small pack's contract, with what they sent on and what they told. */
final class FilterTrial {
    static final Timing TIMING = new Timing(10, 20);

    private final Contract contract;
    private final List<ReadCall> sent = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private final ContractEvents events = new ContractEvents() {
        @Override
        public void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused) {
            heard.add(operation.id() + " " + direction + " " + PackFolder.shown(violations) + " " + refused);
        }
    };

    FilterTrial(Path folder) {
        contract = SmallPack.in(folder).contract("login");
    }

    List<ReadCall> sent() {
        return sent;
    }

    List<String> heard() {
        return heard;
    }

    Reply request(boolean enforce, byte[] body, Reply answer) {
        return through(requestFilter(enforce), body, answer);
    }

    Reply reply(boolean enforce, Reply answer) {
        return through(replyFilter(enforce), json("{'token':'t'}"), answer);
    }

    Filter<ReadCall> requestFilter(boolean enforce) {
        return new RequestContractFilter(contract, ContractEnforcement.request(contract, modes(enforce), events));
    }

    Filter<ReadCall> replyFilter(boolean enforce) {
        return new ReplyContractFilter(ContractEnforcement.reply(contract, modes(enforce), events, null));
    }

    Answer answer(int status, Map<String, String> headers, String body) {
        Map<String, String> said = new HashMap<>(Map.of("content-type", "application/json"));
        said.putAll(headers);
        return read(status, Headers.of(said), body);
    }

    Answer read(int status, Headers headers, String body) {
        return new ReplyReading(contract).read(status, headers, json(body), TIMING);
    }

    static Rejection rejection(Reply reply) {
        assertThat(reply).isInstanceOf(Refusal.class);
        return ((Refusal) reply).rejection();
    }

    private static ContractSettings modes(boolean enforce) {
        ModeSettings mode = enforce ? ModeSettings.ENFORCED : ModeSettings.REPORTED;
        return ContractSettings.of(mode, mode);
    }

    private Reply through(Filter<ReadCall> filter, byte[] body, Reply answer) {
        Upstream<ReadCall> provider = call -> {
            sent.add(call);
            return Mono.just(answer);
        };
        Call call = Call.of(
                "login", new RequestLine("POST", "/login"), Headers.NONE, body, new Caller("project", "192.0.2.1"));
        return Calls.through(new RequestReading(contract), call, filter.around(provider));
    }
}
