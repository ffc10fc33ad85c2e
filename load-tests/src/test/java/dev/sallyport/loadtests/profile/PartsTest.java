package dev.sallyport.loadtests.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Stacks and the parts of a call that they belong to. */
final class PartsTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    @Test
    void the_innermost_frame_that_is_known_decides() {
        Parts parts = Parts.of(Stream.of("outer: ^Server\\.", "inner: ^Client\\."));

        assertThat(parts.of(List.of("Server.read", "Client.write", "write_[k]")))
                .contains("inner");
        assertThat(parts.of(List.of("Client.read", "Server.write"))).contains("outer");
        assertThat(parts.of(List.of("start_thread", "Other.run"))).isEmpty();
    }

    @Test
    void of_two_lines_for_one_frame_the_first_counts() {
        assertThat(Parts.of(Stream.of("special: ^Client\\.close", "client: ^Client\\."))
                        .of(List.of("Client.close")))
                .contains("special");
    }

    @Test
    void remarks_and_empty_lines_say_nothing_and_what_is_neither_is_refused() {
        assertThat(Parts.of(Stream.of("# a remark", "", "part: frame")).names()).containsExactly("part");
        assertThatIllegalArgumentException().isThrownBy(() -> Parts.of(Stream.of("no part")));
    }

    @Test
    void the_table_says_what_share_no_part_has_and_where_it_was() {
        var table = new PartsTable(Parts.of(Stream.of("work: ^Work\\.", "rest: ^Rest\\.")));

        table.add("start_thread;Work.run;memcpy 6");
        table.add("start_thread;Unheard.of 3");
        table.add("start_thread;Unheard.of;sys_read_[k] 1");

        assertThat(table.share("work")).isEqualTo(0.6, ROUNDING);
        assertThat(table.share("rest")).isZero();
        assertThat(table.unassignedShare()).isEqualTo(0.4, ROUNDING);
        assertThat(table.sawTheKernel()).isTrue();
        assertThat(table.toString()).contains("unassigned", "40.0 %", "Unheard.of");
    }

    @Test
    void stacks_of_a_gateway_under_load_belong_to_the_parts_that_are_checked_in() throws IOException {
        Parts parts = Parts.checkedIn();
        var table = new PartsTable(parts);

        try (var stacks = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PartsTest.class.getResourceAsStream("stacks.txt")), StandardCharsets.UTF_8))) {
            stacks.lines().forEach(line -> {
                int at = line.indexOf(" | ");
                String stack = line.substring(at + 3);
                table.add(stack);
                assertThat(Parts.checkedIn()
                                .of(List.of(stack.substring(0, stack.lastIndexOf(' '))
                                        .split(";", -1))))
                        .as(stack)
                        .contains(line.substring(0, at));
            });
        }

        assertThat(table.unassignedShare()).isZero();
    }
}
