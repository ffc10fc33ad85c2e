package dev.sallyport.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

final class StackTest {
    private final List<String> order = new ArrayList<>();

    @Test
    void filters_run_from_the_outermost_inwards_and_back() {
        Upstream<Call> stack =
                Stack.empty().with(new Named("first")).with(new Named("second")).around(provider());

        stack.send(Calls.call("{}")).block();

        assertThat(order).containsExactly("to first", "to second", "provider", "from second", "from first");
    }

    @Test
    void a_feature_that_is_off_is_not_in_the_stack() {
        Upstream<Call> stack = Stack.empty()
                .with(Optional.<Filter<Call>>empty())
                .with(Optional.of(new Named("only")))
                .around(provider());

        stack.send(Calls.call("{}")).block();

        assertThat(order).containsExactly("to only", "provider", "from only");
    }

    @Test
    void a_stack_prints_itself_as_it_runs() {
        Upstream<Call> stack =
                Stack.empty().with(new Named("first")).with(new Named("second")).around(provider());

        assertThat(stack).hasToString("first\nsecond\nprovider");
    }

    @Test
    void nothing_that_may_be_secret_is_printed() {
        Call call = Calls.call("{'password':'hunter2'}", Map.of("Authorization", "hunter2"), "hunter2");

        assertThat(call.toString()
                        + call.headers()
                        + Calls.answer(200, "hunter2")
                        + Value.scalar(Value.Kind.STRING, "hunter2"))
                .doesNotContain("hunter2")
                .contains("POST login (22 bytes)", "[Authorization]", "200 (7 bytes)", "STRING");
    }

    @Test
    void header_names_have_no_case() {
        assertThat(Headers.of(Map.of("X-Id", "1")).first("x-iD")).isEqualTo("1");
        assertThat(Headers.NONE.first("x")).isNull();
    }

    private Upstream<Call> provider() {
        return new Upstream<Call>() {
            @Override
            public Mono<Reply> send(Call call) {
                order.add("provider");
                return Mono.just(Calls.answer(200, "{}"));
            }

            @Override
            public String toString() {
                return "provider";
            }
        };
    }

    private final class Named implements Filter<Call> {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        @Override
        public Mono<Reply> filter(Call call, Upstream<Call> next) {
            order.add("to " + name);
            return next.send(call).doOnNext(reply -> order.add("from " + name));
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
