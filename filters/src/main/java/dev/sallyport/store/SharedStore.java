package dev.sallyport.store;

import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A store that several gateways share. Thread-safe, never blocks. */
public interface SharedStore {
    /**
     * Runs a script, undivided. Answers within the store's timeout, with what the script returned or with a
     * {@link StoreFailure}, on the scheduler of the thread that subscribed. Given up, by the timeout or by the subscriber, it may
     * be carried out nevertheless. It is never sent twice.
     *
     * @param keys what it touches; all of them have one hash tag
     * @param late is given what came after the timeout, on any thread
     */
    Mono<ScriptResult> run(Script script, List<byte[]> keys, List<byte[]> arguments, Consumer<ScriptResult> late);

    /** Runs a script whose answer is of no use after the timeout. */
    default Mono<ScriptResult> run(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return run(script, keys, arguments, late -> {});
    }
}
