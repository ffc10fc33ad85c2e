package dev.sallyport.laws;

import static dev.sallyport.laws.Draws.Share.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class LawsTest {
    private static final long SEED = 11;

    @Test
    void a_law_that_does_not_hold_names_seed_and_try_and_fails_again_with_them() {
        List<Integer> drawn = new ArrayList<>();
        Laws.Law small = draw -> {
            drawn.add(draw.between(0, 1000));
            assertThat(drawn.get(drawn.size() - 1)).isLessThan(990);
        };

        assertThatThrownBy(() -> Laws.holds(SEED, 1, 1000, small))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dfuzz.seed=11 -Dfuzz.try=" + drawn.size() + ")")
                .hasMessageContaining("less than");
        int failed = drawn.get(drawn.size() - 1);
        assertThatThrownBy(() -> Laws.holds(SEED, drawn.size(), drawn.size(), small))
                .hasMessageStartingWith("seed 11, try ");
        assertThat(drawn).endsWith(failed, failed);
    }

    @Test
    void an_exception_breaks_a_law_too() {
        assertThatThrownBy(() -> Laws.holds(SEED, 1, 1, draw -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a bug")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void edges_are_drawn() {
        assertThat(drawn(draw -> draw.between(Integer.MIN_VALUE, Integer.MAX_VALUE)))
                .contains(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);
        assertThat(drawn(draw -> draw.between(3, 90000))).contains(3, 4, 89999, 90000);
        assertThat(drawn(draw -> draw.between(5, 5))).containsOnly(5);
        assertThat(drawn(draw -> draw.text(200)))
                .contains("")
                .anyMatch(text -> text.codePointCount(0, text.length()) >= 199)
                .anyMatch(text -> text.contains("\0"))
                .anyMatch(text -> text.contains("\ud83d\ude00"))
                .anyMatch(text -> text.codePoints().anyMatch(one -> one == 0xd800));
        assertThat(drawn(draw -> draw.text(1, 4, 'g', 'z')))
                .contains("g", "z")
                .allMatch(text -> text.matches("[g-z]{1,4}"));
        assertThat(drawn(draw -> draw.bytes(255).length)).contains(0, 1, 254, 255);
        assertThat(drawn(draw -> draw.bytes(1).length)).containsOnly(0, 1);
    }

    @Test
    void values_are_drawn_as_often_as_they_weigh() {
        List<String> drawn = new ArrayList<>();

        Laws.holds(
                SEED,
                1,
                4000,
                draw -> drawn.add(
                        draw.oneOf(share(3, () -> "often"), share(0, () -> "never"), share(1, () -> "seldom"))));

        assertThat(drawn).doesNotContain("never");
        assertThat(drawn.stream().filter("often"::equals).count()).isBetween(2800L, 3200L);
    }

    @Test
    void what_must_differ_differs() {
        Laws.holds(SEED, 1, 1000, draw -> {
            assertThat(draw.set(1, 3, () -> draw.of("a", "b", "c"))).hasSizeBetween(1, 3);
            assertThat(draw.map(2, () -> draw.of("a", "b"), () -> draw.percent(50)))
                    .hasSizeBetween(0, 2);
        });
    }

    private static <T> Set<T> drawn(Function<Draws, T> drawing) {
        Set<T> drawn = new HashSet<>();
        Laws.holds(SEED, 1, 1000, draw -> drawn.add(drawing.apply(draw)));
        return drawn;
    }
}
