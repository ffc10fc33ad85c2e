package dev.sallyport.gateway.console.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.console.actions.ActionsPage.Choices;
import dev.sallyport.gateway.console.actions.ActionsPage.Visit;
import dev.sallyport.gateway.console.page.Frame;
import dev.sallyport.gateway.console.page.Templates;
import dev.sallyport.gateway.console.source.ConsoleSources.Change;
import dev.sallyport.gateway.console.source.ConsoleSources.Done;
import dev.sallyport.gateway.console.source.ConsoleSources.Outcome;
import dev.sallyport.gateway.console.source.ConsoleSources.TemporaryMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ActionPagesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ODD = "\"><script>alert(1)</script>'&";
    private static final Frame FRAME = new Frame("Actions", "/console/actions", "1", Frame.READING);

    @Test
    void whatever_stands_in_a_form_or_a_table_is_text_there() {
        var mode = new TemporaryMode(ODD, new Change(ODD, ODD, ODD), true, NOW, NOW.plusSeconds(60));
        var done = new Done(1, NOW, ODD, ODD, new Outcome(ODD, true));
        var page = new ActionsPage(
                new Visit(ODD, ODD, 1), new Choices(List.of(ODD), List.of(ODD)), List.of(mode), List.of(done), NOW);

        assertIsText(Templates.page("actions", FRAME, page));
        assertIsText(Templates.page(
                "login",
                FRAME,
                new SignInPage(true, Optional.of(ODD), Optional.of(new SignInPage.SignedIn(ODD, ODD, ODD)), ODD)));
        assertIsText(Templates.page("login", FRAME, new SignInPage(false, Optional.of(ODD), Optional.empty(), ODD)));
    }

    @Test
    void the_answer_to_an_action_is_told_to_those_who_asked_for_it() {
        var done = new Done(7, NOW, "token 1", "reload", new Outcome("All was as before.", false));
        var choices = new Choices(List.of(), List.of());

        assertThat(new ActionsPage(new Visit("token 1", "f", 7), choices, List.of(), List.of(done), NOW).notice())
                .isPresent();
        assertThat(new ActionsPage(new Visit("token 2", "f", 7), choices, List.of(), List.of(done), NOW).notice())
                .isEmpty();
        assertThat(new ActionsPage(new Visit("token 1", "f", 0), choices, List.of(), List.of(done), NOW).notice())
                .isEmpty();
    }

    private static void assertIsText(String html) {
        assertThat(html).contains("alert(1)").doesNotContain("<script>alert", "\"\"><", " style=", " onclick=");
        assertThat(html).doesNotContainPattern("<script(?! src=\"/console/assets/[a-z]+\\.js\" defer></script>)");
    }
}
