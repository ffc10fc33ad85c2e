package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

final class WatchedTest {
    private static final Reply REPLY = Calls.answer(200, "{}");

    private final List<String> heard = new ArrayList<>();
    private final List<Reply> got = new ArrayList<>();

    @Test
    void a_reply_is_told_once_and_before_it_goes_on() {
        watched(Mono.just(REPLY)).subscribe(reply -> heard.add("got"));

        assertThat(heard).containsExactly("replied", "got");
    }

    @Test
    void a_bug_or_nothing_at_all_is_told_as_a_failure() {
        watched(Mono.error(new IllegalStateException("bug"))).subscribe(got::add, bug -> heard.add("went on"));
        watched(Mono.empty()).subscribe(got::add);

        assertThat(heard).containsExactly("failed", "went on", "failed");
    }

    @Test
    void what_is_given_up_is_told_before_its_source_is_and_not_again_if_a_reply_crosses_it() {
        TestPublisher<Reply> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        watched(source.mono()).subscribe(got::add).dispose();
        source.next(REPLY);

        assertThat(heard).containsExactly("given up");
    }

    @Test
    void to_give_up_what_is_there_tells_nothing() {
        watched(new Mono<>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super Reply> actual) {
                        actual.onSubscribe(new Subscription() {
                            @Override
                            public void request(long n) {
                                actual.onNext(REPLY);
                            }

                            @Override
                            public void cancel() {
                                heard.add("source ended");
                            }
                        });
                    }
                })
                .subscribe(new BaseSubscriber<>() {
                    @Override
                    protected void hookOnNext(Reply reply) {
                        cancel();
                    }
                });

        assertThat(heard).containsExactly("replied", "source ended");
    }

    private Watched watched(Mono<Reply> source) {
        return new Watched(source, new Watched.Outcome() {
            @Override
            public void replied(Reply reply) {
                heard.add("replied");
            }

            @Override
            public void givenUp() {
                heard.add("given up");
            }

            @Override
            public void failed() {
                heard.add("failed");
            }
        });
    }
}
