package dev.sallyport.resilience;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.ProviderError;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.resilience.RetryFilter.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Three attempts at a call, half of a backoff of 100 ms apart, at a provider that answers as a test says, on a clock of its own. */
final class RetryRig {
    static final Reply UNREACHABLE = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));
    static final Reply BROKE_OFF = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "broke"), Calls.TIMING);
    static final Reply OK = Calls.answer(200, "{}");

    private static final ContractCatalog PACK = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32));
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    final List<String> heard = new ArrayList<>();
    final List<Reply> got = new ArrayList<>();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private RetryBudget budget = new RetryBudget(20, 3, () -> 0);
    private int sent;

    /** What the next attempts come to, and no others. */
    void replies(Reply... next) {
        replies.clear();
        replies.addAll(List.of(next));
    }

    /** Retries are a share of calls and so many a second besides. */
    void budget(int share, int minimum) {
        budget = new RetryBudget(share, minimum, () -> 0);
    }

    /** How many retries it has left; none from now on. */
    int drained() {
        int retries = 0;
        while (budget.takeOut()) {
            retries++;
        }
        return retries;
    }

    int sent() {
        return sent;
    }

    void passes(Duration some) {
        time.advanceTimeBy(some);
    }

    void send(String operation) {
        filter(operation)
                .around(provider())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe(got::add);
    }

    RetryFilter filter(String operation) {
        Contract contract = PACK.contract(operation).orElseThrow();
        return new RetryFilter(
                contract,
                new RetryDecision(3, Duration.ofMillis(100), contract.conduct().repeatable()),
                budget,
                new Heard(),
                new Waiting(() -> time, () -> 0.5, () -> NOW));
    }

    Upstream<ReadCall> provider() {
        return call -> Mono.fromSupplier(() -> {
            sent++;
            return replies.remove();
        });
    }

    /** One of the provider's errors; with {@code Retry-After} unless that is empty. */
    static Answer error(int status, String type, String retryAfter) {
        String body = "{\"status_code\":" + status + ",\"request_id\":\"request-id-test-1\",\"error_type\":\"" + type
                + "\",\"error_message\":\"m\",\"error_url\":\"u\"}";
        Map<String, String> fields = retryAfter.isEmpty()
                ? Map.of("X-Of-The-Provider", "1")
                : Map.of("X-Of-The-Provider", "1", "Retry-After", retryAfter);
        return new Answer(
                status,
                Headers.of(fields),
                body.getBytes(StandardCharsets.UTF_8),
                new Timing(5, 6),
                new ProviderError());
    }

    private final class Heard implements RetryEvents {
        @Override
        public void attempted(String operation, AttemptResult result) {
            heard.add(result.label());
        }

        @Override
        public void retried(String operation, AttemptResult why) {
            heard.add("retried " + why.label());
        }

        @Override
        public void outOfBudget(String operation) {
            heard.add("out of budget");
        }

        @Override
        public void outOfTime(String operation) {
            heard.add("out of time");
        }

        @Override
        public void doneBefore(String operation) {
            heard.add("done before");
        }
    }
}
