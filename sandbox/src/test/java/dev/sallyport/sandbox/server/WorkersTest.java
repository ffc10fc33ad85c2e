package dev.sallyport.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How many operations are under way at once, and who is next. */
final class WorkersTest {
    private final Workers two = new Workers(2, Duration.ZERO);
    private final List<String> begun = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    private record Operation(Sinks.One<String> end, Disposable call) {}

    private Operation call(String name) {
        Sinks.One<String> end = Sinks.one();
        Mono<String> operation = end.asMono().doOnSubscribe(subscribed -> begun.add(name));
        return new Operation(end, two.carryOut(operation).subscribe(done::add, failure -> done.add("failed")));
    }

    @Test
    void those_beyond_wait_in_line() {
        Operation first = call("first");
        call("second");
        call("third");
        call("fourth");
        assertThat(begun).containsExactly("first", "second");

        first.end().tryEmitValue("first").orThrow();

        assertThat(done).containsExactly("first");
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void who_leaves_the_line_or_an_operation_holds_no_worker() {
        Operation first = call("first");
        call("second");
        Operation third = call("third");
        call("fourth");

        third.call().dispose();
        first.call().dispose();

        assertThat(begun).containsExactly("first", "second", "fourth");
    }

    @Test
    void a_failure_frees_its_worker() {
        Operation first = call("first");
        call("second");
        call("third");

        first.end().tryEmitError(new IllegalStateException("as tested")).orThrow();

        assertThat(begun).containsExactly("first", "second", "third");
    }
}
