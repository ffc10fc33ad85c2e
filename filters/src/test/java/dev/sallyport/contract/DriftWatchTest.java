package dev.sallyport.contract;

import static dev.sallyport.contract.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.DriftSettings;
import dev.sallyport.contract.DriftWatch.Novelty;
import dev.sallyport.contract.DriftWatch.Unseen;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private final List<String> heard = new ArrayList<>();
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
        var settings = new DriftSettings(true, Duration.ofHours(1), 2);
        watch = new DriftWatch(contract, settings, events(), () -> now);
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
        assertThat(watch.novelties().get(1).count()).isEqualTo(new Tally.Count(2, START, now));
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
    void a_field_that_was_there_and_is_not_any_more_is_listed_after_a_while() {
        read("{'id':'x','state':'on','user':{'name':'n'}}");
        assertThat(watch.unseen()).isEmpty();

        now = START.plus(Duration.ofMinutes(40));
        read("{'id':'x','user':{}}");
        assertThat(watch.unseen()).isEmpty();

        now = START.plus(Duration.ofMinutes(61));
        assertThat(watch.unseen())
                .containsExactly(
                        new Unseen("get/reply.schema.json#/properties/state", START),
                        new Unseen("get/reply.schema.json#/properties/user/properties/name", START));

        read("{'id':'x','state':'on'}");
        assertThat(watch.unseen())
                .containsExactly(new Unseen("get/reply.schema.json#/properties/user/properties/name", START));
    }

    private void read(String reply) {
        contract.repliesWatchedBy(watch).read(json(reply));
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
