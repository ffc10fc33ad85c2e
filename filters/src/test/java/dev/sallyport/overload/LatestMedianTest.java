package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LatestMedianTest {
    @Test
    void the_median_of_three_leaves_out_what_is_far_out() {
        var latest = new LatestMedian();

        assertThat(List.of(10.0, 12.0, 900.0, 11.0, 1.0, 13.0).stream().map(latest::with))
                .containsExactly(10.0, 12.0, 12.0, 12.0, 11.0, 11.0);
    }
}
