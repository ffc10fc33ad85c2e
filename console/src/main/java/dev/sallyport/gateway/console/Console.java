package dev.sallyport.gateway.console;

import dev.sallyport.config.ManagementSettings;
import dev.sallyport.gateway.console.actions.ActionsPage;
import dev.sallyport.gateway.console.actions.SignInPage;
import dev.sallyport.gateway.console.contracts.ContractPages;
import dev.sallyport.gateway.console.history.History;
import dev.sallyport.gateway.console.history.History.Window;
import dev.sallyport.gateway.console.history.MeterReading;
import dev.sallyport.gateway.console.home.Condition;
import dev.sallyport.gateway.console.home.Conditions;
import dev.sallyport.gateway.console.home.HomePage;
import dev.sallyport.gateway.console.operations.OperationsPage;
import dev.sallyport.gateway.console.operations.Series;
import dev.sallyport.gateway.console.page.Frame;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.page.Templates;
import dev.sallyport.gateway.console.playground.Playground;
import dev.sallyport.gateway.console.playground.Trial;
import dev.sallyport.gateway.console.replay.ReplayTrial;
import dev.sallyport.gateway.console.settings.SettingsPage;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.state.ReloadLog;
import dev.sallyport.gateway.console.state.StatePages;
import dev.sallyport.gateway.console.violations.ViolationFilter;
import dev.sallyport.gateway.console.violations.ViolationsPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages, each as HTML of this moment. Reads files and takes milliseconds: not for event loops. Thread-safe. */
public final class Console {
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final ConsoleSources sources;
    private final MeterReading meters;
    private final History history = new History();
    private final ReloadLog reloads = new ReloadLog();
    private final Conditions conditions;
    private final ContractPages contracts;
    private final StatePages state;
    private final Playground playground;
    private final ReplayTrial replay;
    private final List<Frame.Link> pages;

    public Console(ConsoleSources sources) {
        this.sources = sources;
        this.meters = new MeterReading(sources.registry());
        this.conditions = new Conditions(sources, history);
        this.contracts = new ContractPages(sources.contracts());
        this.state = new StatePages(sources, meters, reloads);
        this.playground = new Playground(sources.contracts());
        this.replay = new ReplayTrial(sources.contracts());
        this.pages = pages(sources.contracts().serving().get().settings().management());
    }

    /**
     * Reads the meters and notes what is wrong; to be called every {@link History#INTERVAL}, so that the pages can say since when.
     * What cannot be read is told by the pages, not by this.
     */
    public void look() {
        Instant now = sources.clock().instant();
        try {
            history.add(meters.sample(now));
        } catch (RuntimeException unreadable) {
            history.failed(now);
        }
        sources.contracts().lastReload().get().ifPresent(reloads::seen);
        List<Condition> unused = conditions.at(now);
    }

    /** Whether anything is wrong, whose fault it is, and since when. */
    public String home() {
        return Templates.page("home", frame("Home", "/console"), homePage());
    }

    /** The part of it that is loaded again and again. */
    public String homeNow() {
        return Templates.part("home-now", homePage());
    }

    private HomePage homePage() {
        Instant now = sources.clock().instant();
        Optional<Window> lately = history.window(LATELY);
        double calls = lately.map(window -> (double) window.all().calls()).orElse(Double.NaN);
        double refused = lately.map(window -> (double) window.all().refused()).orElse(Double.NaN);
        double seconds = lately.map(Window::seconds).orElse(Double.NaN);
        double p99 =
                lately.map(window -> window.all().latencies().quantile(0.99)).orElse(Double.NaN);
        return new HomePage(
                conditions.at(now),
                List.of(
                        new HomePage.Figure("Calls a second", Shown.rate(calls / seconds)),
                        new HomePage.Figure("Refused", Shown.share(refused, calls)),
                        new HomePage.Figure("99th percentile", Shown.millis(p99)),
                        new HomePage.Figure("In flight", Shown.count(meters.gauge("sallyport.requests.in.flight"))),
                        new HomePage.Figure("Running for", Shown.duration(uptime(now)))),
                now);
    }

    private Duration uptime(Instant now) {
        return Duration.between(sources.instance().build().started(), now);
    }

    /** What each operation does. */
    public String operations() {
        return Templates.page("operations", frame("Operations", "/console/operations"), operationsPage());
    }

    /** Its table, which is loaded again and again. */
    public String operationsNow() {
        return Templates.part("operations-now", operationsPage());
    }

    private OperationsPage operationsPage() {
        return OperationsPage.of(sources, history, meters);
    }

    /** The lines of its charts, as JSON. */
    public String series() {
        return new Series(history.samples()).json();
    }

    /** Where contracts were broken and how replies drift. */
    public String violations(ViolationFilter filter) {
        var page = ViolationsPage.of(sources.contracts(), filter);
        return Templates.page("violations", frame("Violations and drift", "/console/violations"), page);
    }

    /** Its table, for the stream. */
    public String violationsNow(ViolationFilter filter) {
        return Templates.part("violations-now", ViolationsPage.of(sources.contracts(), filter));
    }

    /** The contract pack. */
    public String contracts() {
        return Templates.page("contracts", frame("Contracts", "/console/contracts"), contracts.list());
    }

    /** One contract; empty if there is none of this id. */
    public Optional<String> contract(String operation) {
        return contracts
                .page(operation)
                .map(page -> Templates.page(
                        "contract",
                        frame(
                                page.entry().operation(),
                                "/console/contracts/" + page.entry().operation()),
                        page));
    }

    /** Keys, pools, breakers, limits, reloads. */
    public String state() {
        return Templates.page("state", frame("Keys and limits", "/console/state"), state.page());
    }

    /** The build and its settings. */
    public String settings() {
        return Templates.page("settings", frame("Settings", "/console/settings"), SettingsPage.of(sources));
    }

    /** An empty form. */
    public String playground(String operation) {
        return Templates.page("playground", frame("Playground", "/console/playground"), playground.form(operation));
    }

    /** What became of a trial: nothing of what was pasted. */
    public String tried(Trial trial) {
        return Templates.part("playground-result", playground.tried(trial));
    }

    /** Captured calls, and a schema to be edited. */
    public String replay(String operation, String file) {
        return Templates.page("replay", frame("Replay", "/console/replay"), replay.form(operation, file));
    }

    /** What becomes of a captured call by the contract that serves and by an edited one. */
    public String replayed(Map<String, String> form) {
        return Templates.part("replay-result", replay.replayed(form));
    }

    /** Where a browser signs in, or out. */
    public String signIn(SignInPage page) {
        return Templates.page("login", frame("Sign-in", "/console/login"), page);
    }

    /** What may be done by one who has signed in. */
    public String actions(ActionsPage.Visit visit) {
        return Templates.page("actions", frame("Actions", "/console/actions"), ActionsPage.of(sources, visit));
    }

    private Frame frame(String title, String path) {
        return new Frame(title, path, sources.instance().build().version(), pages);
    }

    private static List<Frame.Link> pages(ManagementSettings settings) {
        List<Frame.Link> pages = new ArrayList<>(Frame.READING);
        if (settings.consoleActions()) {
            pages.add(Frame.ACTIONS);
        }
        if (settings.consoleActions() || settings.tokenFile().isPresent()) {
            pages.add(Frame.SIGN_IN);
        }
        return pages;
    }
}
