package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.reload.ModeOverride.Place;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in to the console of a running gateway, and what may be done then. */
@Timeout(180)
final class ConsoleActionsTest {
    private static final String TOKEN = "a-token-of-the-operators-1";
    private static final String OTHER_TOKEN = "a-token-of-the-operators-2";
    private static final String TOO_SHORT =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":1}";
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([A-Za-z0-9_-]{43})\"");
    private static final String MODE = "/console/actions/mode";

    @TempDir
    private static Path folder;

    private static Path tokens;
    private static ReloadedGateway running;
    private static LogCapture log;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A browser that has signed in. */
    private record Browser(String cookie, String form) {}

    @BeforeAll
    static void start() throws IOException {
        tokens = Files.writeString(folder.resolve("tokens"), TOKEN + "\n" + OTHER_TOKEN + "\n");
        running = new ReloadedGateway(
                folder, "--sallyport.management.token-file=" + tokens, "--sallyport.management.console-actions=true");
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() {
        log.close();
        running.close();
    }

    @BeforeEach
    void begin() {
        log.taken();
    }

    @AfterEach
    void putBack() throws IOException {
        running.putBack();
        Files.writeString(tokens, TOKEN + "\n" + OTHER_TOKEN + "\n");
        reloader().overrides().forEach(one -> reloader().endOverride(one.place()));
        reloader().reload(By.ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/settings", "/console/actions"})
    void a_browser_that_has_not_signed_in_is_led_there_and_a_program_is_refused(String path) throws Exception {
        HttpResponse<String> led = send(get(path).header("Accept", "text/html,*/*"));
        HttpResponse<String> part = send(get(path).header("Accept", "text/html").header("HX-Request", "true"));

        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.headers().firstValue("Location")).contains("/console/login");
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).contains("/console/login");
        assertThat(send(get(path)).statusCode()).isEqualTo(401);
        assertThat(send(get("/console/login")).body()).contains("type=\"password\"");
        assertThat(send(get("/console/assets/console.css")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-token-of-the-operators-3", "a-token-of-the-operators", TOKEN + "1", "\u0000"})
    void a_wrong_token_lets_no_one_in_and_is_told_nowhere(String token) throws Exception {
        HttpResponse<String> refused = post("/console/login", "", "token=" + encoded(token));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(refused.body()).contains("This is no token of the file.");
        String line = log.taken();
        assertThat(line).contains("dev.sallyport.audit Console", "action=\"sign in\"", "outcome=\"refused\"");
        if (!token.isBlank()) {
            assertThat(refused.body() + line).doesNotContain(token + "<", token + "\"");
        }
    }

    @Test
    void those_who_fail_again_and_again_are_answered_later() throws Exception {
        for (int attempt = 0; attempt < 6; attempt++) {
            post("/console/login", "", "token=none-of-the-tokens");
        }
        long begun = System.nanoTime();

        assertThat(post("/console/login", "", "token=none-of-the-tokens").statusCode())
                .isEqualTo(401);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
        assertThat(signedIn(TOKEN).cookie()).as("who has a token does not wait").isNotEmpty();
    }

    @Test
    void who_has_a_token_is_not_kept_out_by_any_number_who_have_none() throws Exception {
        var attempts = IntStream.range(0, 40)
                .mapToObj(attempt -> client.sendAsync(
                        form("/console/login", "", "token=none-of-the-tokens").build(), BodyHandlers.ofString()))
                .toList();
        Waiting.until(
                "so many wait that others do not",
                () -> attempts.stream()
                        .anyMatch(one -> one.isDone() && one.join().statusCode() == 429));

        assertThat(signedIn(TOKEN).cookie()).isNotEmpty();

        attempts.forEach(CompletableFuture::join);
        Waiting.until(
                "what was left out is summed up, and lines are written in full again",
                () -> log.taken().contains("dev.sallyport.audit Console: "));
    }

    @Test
    void who_signs_in_is_given_a_cookie_for_the_console_alone() throws Exception {
        HttpResponse<String> in = post("/console/login", "", "token=" + TOKEN);

        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).contains("/console");
        assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
                .contains("Path=/console", "HTTPOnly", "SameSite=Strict", "Max-Age=28800")
                .doesNotContain("Secure", TOKEN);
        assertThat(log.taken()).contains("action=\"sign in\"", "outcome=\"done\"", "who=\"token 1\"");
        String cookie = cookie(in);
        assertThat(send(get("/console").header("Cookie", cookie)).statusCode()).isEqualTo(200);
        assertThat(send(get("/actuator/health").header("Cookie", cookie)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_signs_out_or_whose_token_is_gone_is_out() throws Exception {
        Browser one = signedIn(TOKEN);
        Browser other = signedIn(OTHER_TOKEN);

        assertThat(post("/console/logout", one.cookie(), "form=" + other.form()).statusCode())
                .isEqualTo(403);
        assertThat(page(one, "/console/actions").statusCode()).isEqualTo(200);
        assertThat(post("/console/logout", one.cookie(), "form=" + one.form()).statusCode())
                .isEqualTo(303);
        assertThat(page(one, "/console/actions").statusCode()).isEqualTo(401);

        assertThat(page(other, "/console/actions").statusCode()).isEqualTo(200);
        Files.writeString(tokens, TOKEN + "\n");
        assertThat(page(other, "/console/actions").statusCode()).isEqualTo(401);
    }

    @Test
    void nothing_is_done_without_a_form_of_the_own_session() throws Exception {
        Browser browser = signedIn(TOKEN);
        Browser other = signedIn(TOKEN);
        String mode = "operation=sessions.migrate&door=request&mode=off&minutes=5";

        assertThat(post(MODE, "", mode + "&form=" + browser.form()).statusCode())
                .isEqualTo(401);
        assertThat(post(MODE, browser.cookie(), mode).statusCode()).isEqualTo(403);
        assertThat(post(MODE, browser.cookie(), mode + "&form=").statusCode()).isEqualTo(403);
        assertThat(post(MODE, browser.cookie(), mode + "&form=" + other.form()).statusCode())
                .isEqualTo(403);
        assertThat(send(get(MODE).header("Cookie", browser.cookie())).statusCode())
                .isEqualTo(404);

        assertThat(reloader().overrides()).isEmpty();
        assertThat(log.taken())
                .contains("action=\"mode\"", "outcome=\"refused\"", "why=\"not a form of this session\"")
                .doesNotContain(browser.form(), other.form(), browser.cookie());
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void a_page_of_another_site_does_nothing_although_it_had_cookie_and_form(String name, String value)
            throws Exception {
        Browser browser = signedIn(TOKEN);

        HttpResponse<String> refused = send(form("/console/actions/reload", browser.cookie(), "form=" + browser.form())
                .header(name, value));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(log.taken()).doesNotContain("action=\"reload\"");
    }

    @Test
    void a_mode_holds_for_a_while_over_reloads_and_is_never_silent() throws Exception {
        Browser browser = signedIn(TOKEN);
        assertThat(running.migrate(TOO_SHORT).body()).contains("request-id-sallyport");

        HttpResponse<String> changed = post(
                MODE,
                browser.cookie(),
                "operation=sessions.migrate&door=request&mode=report&minutes=5&form=" + browser.form());

        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(log.taken())
                .contains("dev.sallyport.audit Console", "action=\"mode\"", "who=\"token 1\"", "from=\"enforce\"")
                .contains("to=\"report\"", "operation=\"sessions.migrate\"", "door=\"request\"", "until=\"20");
        assertThat(running.migrate(TOO_SHORT).body()).doesNotContain("request-id-sallyport");
        String answer = page(browser, changed.headers().firstValue("Location").orElseThrow())
                .body();
        assertThat(answer).contains("The request contract of sessions.migrate is report in place of enforce, until");
        running.gateway().bean(Console.class).look();
        assertThat(page(browser, "/console/now").body())
                .contains("The request contract of sessions.migrate is loosened for a while")
                .doesNotContain("headline good");
        assertThat(page(browser, "/console/operations").body()).contains("report until 20", ", then enforce");
        assertThat(page(browser, "/console/settings").body()).contains("console, until 20");

        running.write("contracts: { reply: report }");
        post("/console/actions/reload", browser.cookie(), "form=" + browser.form());

        assertThat(running.migrate(TOO_SHORT).body()).doesNotContain("request-id-sallyport");
        assertThat(log.taken()).contains("action=\"reload\"", "result=\"reloaded\"", "changed=\"sallyport.contracts\"");
        running.gateway().bean(Console.class).look();
        assertThat(page(browser, "/console/state").body()).contains("<td>token 1</td><td>reloaded</td>");

        post(
                "/console/actions/back",
                browser.cookie(),
                "operation=sessions.migrate&door=request&form=" + browser.form());

        assertThat(running.migrate(TOO_SHORT).body()).contains("request-id-sallyport");
        assertThat(log.taken()).contains("action=\"mode ended\"", "from=\"report\"", "to=\"enforce\"");
    }

    @Test
    void a_mode_ends_by_itself_when_its_time_is_over() throws Exception {
        reloader()
                .override(
                        new Place("sessions.migrate", Direction.REQUEST),
                        ModeSettings.REPORTED,
                        Duration.ofMillis(500));
        assertThat(reloader().now().settings().contracts().request("sessions.migrate"))
                .isEqualTo(ModeSettings.REPORTED);

        await().untilAsserted(() -> assertThat(reloader().overrides()).isEmpty());

        assertThat(running.migrate(TOO_SHORT).body()).contains("request-id-sallyport");
        await().untilAsserted(() ->
                assertThat(log.taken()).contains("action=\"mode ended\"", "who=\"expiry\"", "to=\"enforce\""));
    }

    @Test
    void a_mode_loosens_as_soon_as_the_settings_refuse_more() {
        running.write("contracts: { request: report }");
        reloader().reload(By.ENDPOINT);
        var place = new Place("sessions.migrate", Direction.REQUEST);
        assertThat(reloader().override(place, ModeSettings.REPORTED, Duration.ofMinutes(1)))
                .hasValueSatisfying(mode -> assertThat(mode.loosens()).isFalse());

        running.write("contracts: { request: enforce }");
        reloader().reload(By.ENDPOINT);

        assertThat(reloader().overrides())
                .singleElement()
                .satisfies(mode -> assertThat(mode.loosens()).isTrue());
    }

    @Test
    void a_reload_that_was_not_asked_for_here_says_what_asked_for_it() throws Exception {
        Browser browser = signedIn(TOKEN);
        running.write("contracts: { request: report }");
        reloader().reload(By.FILES);
        running.gateway().bean(Console.class).look();
        running.write("contracts: { request: enforce }");
        reloader().reload(By.ENDPOINT);
        running.gateway().bean(Console.class).look();

        assertThat(page(browser, "/console/state").body())
                .contains("<td>files that changed</td><td>reloaded</td>")
                .contains("<td>the endpoint</td><td>reloaded</td>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operation=none&door=request&mode=report&minutes=5",
                "operation=sessions.migrate&door=both&mode=report&minutes=5",
                "operation=sessions.migrate&door=request&mode=loud&minutes=5",
                "operation=sessions.migrate&door=request&mode=report&minutes=999999",
                "operation=%3Cscript%3Ealert(1)%3C/script%3E&door=request&mode=report&minutes=5",
                ""
            })
    void a_mode_that_cannot_be_changes_nothing_and_is_not_repeated(String mode) throws Exception {
        Browser browser = signedIn(TOKEN);

        HttpResponse<String> told = post(MODE, browser.cookie(), mode + "&form=" + browser.form());

        String answer = page(browser, told.headers().firstValue("Location").orElseThrow())
                .body();
        assertThat(answer)
                .contains("There is no such operation, door, mode or time.")
                .doesNotContain("alert(1)");
        assertThat(reloader().overrides()).isEmpty();
        assertThat(log.taken()).contains("outcome=\"refused\"").doesNotContain("script", "loud", "999999");
    }

    @Test
    void keys_of_a_listed_project_are_fetched_when_asked_for() throws Exception {
        Browser browser = signedIn(TOKEN);
        double before = fetches();

        HttpResponse<String> told = post(
                "/console/actions/keys",
                browser.cookie(),
                "project=" + Fixtures.CONSUMER_PROJECT_ID + "&form=" + browser.form());

        assertThat(page(browser, told.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("are being fetched");
        await().untilAsserted(() -> assertThat(fetches()).isGreaterThan(before));
        assertThat(log.taken()).contains("action=\"keys\"", "project=\"" + Fixtures.CONSUMER_PROJECT_ID);
        post("/console/actions/keys", browser.cookie(), "project=another&form=" + browser.form());
        assertThat(log.taken()).contains("why=\"There is no such project.\"").doesNotContain("another");
    }

    @Test
    void what_was_done_is_counted() throws Exception {
        Browser browser = signedIn(TOKEN);
        post("/console/actions/reload", browser.cookie(), "form=" + browser.form());

        HttpResponse<String> scraped = send(get("/actuator/prometheus").header("Authorization", "Bearer " + TOKEN));

        assertThat(scraped.body())
                .containsPattern("sallyport_console_actions_total\\{action=\"reload\",result=\"done\"} [1-9]")
                .containsPattern("sallyport_console_actions_total\\{action=\"sign_in\",result=\"done\"} [1-9]");
    }

    @Test
    void a_form_that_is_too_long_is_not_read() throws Exception {
        assertThat(post("/console/login", "", "token=" + "x".repeat(10_000)).statusCode())
                .isEqualTo(413);
    }

    private double fetches() throws Exception {
        Matcher counted = Pattern.compile("\"fetches\":(\\d+)")
                .matcher(send(get("/actuator/keys").header("Authorization", "Bearer " + TOKEN))
                        .body());
        return counted.results()
                .mapToDouble(one -> Double.parseDouble(one.group(1)))
                .sum();
    }

    private static Reloader reloader() {
        return running.gateway().bean(Reloader.class);
    }

    private Browser signedIn(String token) throws Exception {
        String cookie = cookie(post("/console/login", "", "token=" + token));
        Matcher form = FORM.matcher(
                send(get("/console/actions").header("Cookie", cookie)).body());
        assertThat(form.find()).isTrue();
        return new Browser(cookie, form.group(1));
    }

    private HttpResponse<String> page(Browser browser, String path) throws Exception {
        return send(get(path).header("Cookie", browser.cookie()));
    }

    private HttpResponse<String> post(String path, String cookie, String body) throws Exception {
        return send(form(path, cookie, body));
    }

    private static HttpRequest.Builder form(String path, String cookie, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(address(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> signedIn) {
        String set = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + running.gateway().managementPort() + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
