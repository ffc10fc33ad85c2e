package dev.sallyport.loadtests.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Medians, and ratios by round. */
final class SpreadTest {
    @Test
    void the_median_is_the_figure_in_the_middle_or_between_the_two() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7, 7, 7));
    }

    @Test
    void quartiles_and_ends_say_how_far_figures_lie_apart() {
        assertThat(Spread.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0))).isEqualTo(new Spread(3, 2, 4, 1, 5));
    }

    @Test
    void a_machine_that_gets_slower_for_both_changes_no_ratio() {
        double[] bare = {100, 200, 400, 100};
        double[] measured = {50, 100, 200, 60};

        Spread ratio = Spread.ofRatios(measured, bare);

        assertThat(ratio.median()).isEqualTo(0.5);
        assertThat(ratio.most()).isEqualTo(0.6);
    }

    @Test
    void rounds_without_a_partner_and_no_rounds_have_no_ratio() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.ofRatios(new double[] {1}, new double[] {1, 2}));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
