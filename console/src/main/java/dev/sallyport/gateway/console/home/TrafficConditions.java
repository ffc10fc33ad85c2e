package dev.sallyport.gateway.console.home;

import dev.sallyport.gateway.console.history.History;
import dev.sallyport.gateway.console.history.History.Window;
import dev.sallyport.gateway.console.history.Sample.Counted;
import dev.sallyport.gateway.console.history.Totals;
import dev.sallyport.gateway.console.home.Condition.Fault;
import dev.sallyport.gateway.console.home.Condition.Severity;
import dev.sallyport.gateway.console.page.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What calls of the last five minutes say, and whether it can be said at all. */
final class TrafficConditions {
    private static final Duration LATELY = Duration.ofMinutes(5);
    private static final String PAGE = "/console/operations";

    /** Below so many calls, a share says little. */
    private static final int FEW = 20;

    private final History history;

    TrafficConditions(History history) {
        this.history = history;
    }

    List<Condition> at(Instant now) {
        Optional<Instant> unreadable = history.unreadableSince(now);
        if (unreadable.isPresent()) {
            return List.of(Condition.of(
                            "metrics-unreadable",
                            Severity.WRONG,
                            Fault.GATEWAY,
                            "Metrics cannot be read",
                            "Whether calls go well is not known. The gateway itself may still be serving.",
                            PAGE)
                    .since(unreadable.get()));
        }
        return history.window(LATELY).map(TrafficConditions::of).orElse(List.of());
    }

    private static List<Condition> of(Window lately) {
        List<Condition> found = new ArrayList<>();
        Totals calls = lately.all();
        fault("provider", Fault.PROVIDER, calls, new Bounds(0, 5)).ifPresent(found::add);
        fault("gateway", Fault.GATEWAY, calls, new Bounds(0, 1)).ifPresent(found::add);
        fault("caller", Fault.CALLER, calls, new Bounds(20, 101)).ifPresent(found::add);
        grown(lately, Counted.SHED, "calls were shed", Severity.WARNING).ifPresent(found::add);
        grown(lately, Counted.CONNECTIONS_REFUSED, "connections were refused", Severity.WARNING)
                .ifPresent(found::add);
        grown(lately, Counted.RETRIES_WITHOUT_BUDGET, "retries were not made for want of budget", Severity.WARNING)
                .ifPresent(found::add);
        grown(lately, Counted.ANSWERS_FAILED, "answers failed because of a bug or want of memory", Severity.WRONG)
                .ifPresent(found::add);
        grown(lately, Counted.ACCEPT_FAILURES, "connections could not be accepted", Severity.WRONG)
                .ifPresent(found::add);
        return found;
    }

    /**
     * Shares of calls, in percent.
     *
     * @param warning above which it needs a look
     * @param wrong from which it is wrong
     */
    private record Bounds(double warning, double wrong) {}

    private static Optional<Condition> fault(String party, Fault fault, Totals calls, Bounds bounds) {
        long failed = calls.fault(party);
        double share = calls.calls() == 0 ? 0 : 100.0 * failed / calls.calls();
        boolean isTold = failed > 0 && share > bounds.warning() && (bounds.warning() == 0 || calls.calls() >= FEW);
        if (!isTold) {
            return Optional.empty();
        }
        boolean isWrong = share >= bounds.wrong() && calls.calls() >= FEW;
        return Optional.of(Condition.of(
                "calls:" + party,
                isWrong ? Severity.WRONG : Severity.WARNING,
                fault,
                "Calls fail through the " + party,
                failed + " of " + calls.calls() + " calls (" + Shown.share(failed, calls.calls())
                        + ") in the last five minutes.",
                PAGE));
    }

    private static Optional<Condition> grown(Window lately, Counted name, String what, Severity severity) {
        double more = lately.grown(name);
        return more <= 0
                ? Optional.empty()
                : Optional.of(Condition.of(
                        "grown:" + name,
                        severity,
                        Fault.GATEWAY,
                        Shown.count(more) + " " + what,
                        "In the last five minutes.",
                        "/console/state"));
    }
}
