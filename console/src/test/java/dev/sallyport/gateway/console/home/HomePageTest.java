package dev.sallyport.gateway.console.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.console.home.Condition.Fault;
import dev.sallyport.gateway.console.home.Condition.Severity;
import dev.sallyport.gateway.console.page.Frame;
import dev.sallyport.gateway.console.page.Templates;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HomePageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ODD = "<script>alert(1)</script>\"'&\u202e";

    @Test
    void nothing_to_look_at_is_good_although_there_are_notes() {
        HomePage page = page(condition("lenient", Severity.NOTE, Fault.GATEWAY));

        assertThat(page.style()).isEqualTo("good");
        assertThat(page.headline()).isEqualTo("Nothing is wrong");
    }

    @Test
    void what_needs_a_look_is_never_good_and_is_told_with_whose_fault_it_is() {
        HomePage page = page(
                condition("drift", Severity.WARNING, Fault.PROVIDER), condition("lag", Severity.WRONG, Fault.GATEWAY));

        assertThat(page.headline()).isEqualTo("1 thing is wrong, 1 needs a look (gateway, provider)");
        assertThat(page.style()).isNotEqualTo("good");
    }

    @Test
    void since_when_is_kept_while_it_lasts_and_begins_anew_after_a_break() {
        var onsets = new Onsets();
        List<Condition> drift =
                List.of(Condition.of("drift", Severity.WARNING, Fault.PROVIDER, "Drift", "Facts.", "/console/state"));

        onsets.noted(drift, NOW);
        assertThat(onsets.noted(drift, NOW.plusSeconds(60)).get(0).since()).contains(NOW);

        onsets.noted(List.of(), NOW.plusSeconds(120));
        assertThat(onsets.noted(drift, NOW.plusSeconds(180)).get(0).since()).contains(NOW.plusSeconds(180));
    }

    @Test
    void whatever_stands_in_a_page_is_text_there() {
        Condition odd = Condition.of(ODD, Severity.WRONG, Fault.CALLER, ODD, ODD, "/console/state")
                .since(NOW);

        String html = Templates.page("home", new Frame(ODD, "/console", ODD, Frame.READING), page(odd));

        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("<script>alert");
        assertThat(html).doesNotContainPattern("<script(?! src=\"/console/assets/[a-z]+\\.js\" defer></script>)");
        assertThat(html).doesNotContain(" style=", " onclick=", "javascript:", "http://", "https://");
    }

    private static HomePage page(Condition... conditions) {
        return new HomePage(List.of(conditions), List.of(new HomePage.Figure("Calls", "1")), NOW);
    }

    private static Condition condition(String key, Severity severity, Fault fault) {
        return Condition.of(key, severity, fault, key + " is there", "Facts.", "/console/state")
                .since(NOW);
    }
}
