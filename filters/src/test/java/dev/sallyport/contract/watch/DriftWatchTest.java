package dev.sallyport.contract.watch;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.watch.DriftWatch.Novelty;
import dev.sallyport.contract.watch.DriftWatch.Unseen;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DriftWatch watch;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Instant now = START;

    @BeforeEach
    void watched() {
        contract = new PackFolder(folder)
                .with("catalog.yml", """
                        description: one
                        error-url: https://errors.invalid/{status}
                        operations: {get: {method: GET, path: /get}}
                        """)
                .with(
                        "get/reply.schema.json",
                        "{'type':'object','required':['id'],'properties':{'id':{'type':'string'},"
                                + "'state':{'type':'string','x-extensible-enum':['on','off']},"
                                + "'user':{'type':['object','null'],'properties':{'name':{'type':'string'}}},"
                                + "'free':{'type':'object'},"
                                + "'list':{'type':'array','items':{'properties':{'a':{}}}}}}")
                .contract("get");
        watch = newWatch();
    }

    @Test
    void what_the_schema_names_is_no_news() {
        read("{'id':'x','state':'on','user':{'name':'n'},'free':{'anything':1},'list':[{'a':1}]}");
        read("{'id':'x','state':'','user':null}");

        assertThat(watch.novelties()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void unknown_members_are_counted_by_their_place_in_the_schema() {
        read("{'id':'x','new':1,'list':[{'b':1},{'b':2}]}");
        now = START.plusSeconds(5);
        read("{'id':'x','new':2}");

        assertThat(watch.novelties())
                .extracting(Novelty::pointer)
                .containsExactly(
                        "get/reply.schema.json#/properties/list/items/properties/b",
                        "get/reply.schema.json#/properties/new");
        assertThat(watch.novelties().get(1).count()).isEqualTo(new OccurrenceCounter.Count(2, START, now));
        assertThat(heard)
                .contains("UNKNOWN_FIELD get/reply.schema.json#/properties")
                .hasSize(4);
    }

    @Test
    void a_value_outside_the_known_ones_is_counted_and_not_kept() {
        read("{'id':'x','state':'s3cr3t'}");

        assertThat(watch.novelties())
                .extracting(Novelty::pointer)
                .containsExactly("get/reply.schema.json#/properties/state/x-extensible-enum");
        assertThat(heard).containsExactly("UNKNOWN_VALUE get/reply.schema.json#/properties/state/x-extensible-enum");
    }

    @Test
    void names_beyond_the_most_and_names_that_are_no_words_share_one_place() {
        for (int number = 0; number < 1000; number++) {
            read("{'id':'x','new-" + number + "':1,'a b':1,'alice@example.com':1,'" + "x".repeat(65) + "':1}");
        }

        assertThat(watch.novelties())
                .extracting(Novelty::pointer)
                .containsExactly(
                        "get/reply.schema.json#/properties/(other)",
                        "get/reply.schema.json#/properties/new-0",
                        "get/reply.schema.json#/properties/new-1");
        assertThat(watch.novelties().stream()
                        .mapToLong(novelty -> novelty.count().times())
                        .sum())
                .isEqualTo(4000);
    }

    @Test
    void threads_that_see_the_same_new_name_at_once_take_one_place() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                watch = newWatch();
                var together = new CyclicBarrier(threads);
                List<Callable<Void>> readers = Collections.nCopies(threads, () -> {
                    together.await();
                    read("{'id':'x','first':1}");
                    return null;
                });
                for (Future<Void> reader : pool.invokeAll(readers)) {
                    reader.get();
                }
                read("{'id':'x','second':1}");

                assertThat(watch.novelties())
                        .extracting(Novelty::pointer)
                        .containsExactly(
                                "get/reply.schema.json#/properties/first", "get/reply.schema.json#/properties/second");
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void a_field_is_listed_once_its_object_kept_coming_without_it_for_a_while() {
        read("{'id':'x','state':'on','user':{'name':'n'}}");
        assertThat(watch.unseen()).isEmpty();

        readAt(Duration.ofMinutes(40), "{'id':'x','user':{}}");
        readAt(Duration.ofMinutes(99), "{'id':'x','user':{}}");
        assertThat(watch.unseen()).isEmpty();

        readAt(Duration.ofMinutes(100), "{'id':'x','user':{}}");
        assertThat(watch.unseen())
                .containsExactly(
                        new Unseen("get/reply.schema.json#/properties/state", START),
                        new Unseen("get/reply.schema.json#/properties/user/properties/name", START));

        read("{'id':'x','state':'on','user':{}}");
        assertThat(watch.unseen())
                .containsExactly(new Unseen("get/reply.schema.json#/properties/user/properties/name", START));
    }

    @Test
    void an_operation_without_calls_loses_no_field() {
        read("{'id':'x','state':'on','user':{'name':'n'}}");
        assertThat(watch.unseen()).isEmpty();

        now = START.plus(Duration.ofDays(7));
        assertThat(watch.unseen()).isEmpty();

        readAt(Duration.ofDays(8), "{'id':'x'}");
        assertThat(watch.unseen()).isEmpty();
    }

    @Test
    void of_an_object_that_does_not_come_no_member_is_missed_but_the_object_itself_is() {
        read("{'id':'x','user':{'name':'n'}}");
        assertThat(watch.unseen()).isEmpty();

        readAt(Duration.ofHours(1), "{'id':'x'}");
        readAt(Duration.ofHours(3), "{'id':'x'}");

        assertThat(watch.unseen()).containsExactly(new Unseen("get/reply.schema.json#/properties/user", START));
    }

    @Test
    void a_required_member_is_the_schemas_own_business() {
        read("{'id':'x'}");
        assertThat(watch.unseen()).isEmpty();

        readAt(Duration.ofHours(1), "{'state':'on'}");
        readAt(Duration.ofHours(3), "{'state':'on'}");

        assertThat(watch.unseen()).isEmpty();
    }

    @Test
    void an_object_without_any_member_has_come_too() {
        read("{'id':'x','list':[{'a':1}]}");
        assertThat(watch.unseen()).isEmpty();

        readAt(Duration.ofHours(1), "{'id':'x','list':[{}]}");
        readAt(Duration.ofHours(3), "{'id':'x','list':[{}]}");

        assertThat(watch.unseen())
                .containsExactly(new Unseen("get/reply.schema.json#/properties/list/items/properties/a", START));
    }

    /** The watch is read as well: that is what moves the clock on. */
    private void readAt(Duration after, String reply) {
        now = START.plus(after);
        read(reply);
        watch.unseen();
    }

    private DriftWatch newWatch() {
        return new DriftWatch(contract, new DriftSettings(true, Duration.ofHours(1), 2), events(), () -> now);
    }

    private void read(String reply) {
        contract.repliesObservedBy(watch).read(json(reply));
    }

    private ContractEvents events() {
        return new ContractEvents() {
            @Override
            public void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused) {
                heard.add("broken");
            }

            @Override
            public void drifted(Operation operation, Drift drift, String pointer) {
                heard.add(drift + " " + pointer);
            }
        };
    }
}
