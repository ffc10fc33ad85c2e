package dev.sallyport.ratelimit.shared;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.StoreSpan;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.LimitStore;
import dev.sallyport.ratelimit.Standing;
import dev.sallyport.ratelimit.Taking;
import dev.sallyport.ratelimit.Taking.Outcome;
import dev.sallyport.ratelimit.shared.LimitScript.Answer;
import dev.sallyport.ratelimit.shared.LimitScript.Question;
import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Buckets in a store that gateways share. A call takes a permit of each of its leases; where one is empty, the store is asked for
 * what is missing, all or nothing, and for some more. Where the store does not answer, the settings say what becomes of the
 * call. Thread-safe.
 *
 * <p>In any time <i>w</i>, all gateways together let through at most {@code burst + w * permits / per}, which is what the store
 * gives out, and what they held before: for each gateway at most {@code lease.share} of the burst.
 */
public final class SharedLimitStore implements LimitStore {
    private final SharedStore store;
    private final Script script = LimitScript.script();
    private final LimitStore local;
    private final RateLimitSettings settings;
    private final Time time;
    private final Leases leases;

    /**
     * Who measures time.
     *
     * @param nanos as {@link System#nanoTime}
     */
    public record Time(LongSupplier nanos, Scheduler scheduler) {}

    /**
     * No leases yet.
     *
     * @param local counts while the store does not answer, if the settings say so
     */
    public SharedLimitStore(SharedStore store, LimitStore local, RateLimitSettings settings, Time time) {
        this.store = store;
        this.local = local;
        this.settings = settings;
        this.time = time;
        this.leases = new Leases(store, script, settings, time);
    }

    private long now() {
        return time.nanos().getAsLong();
    }

    @Override
    public @Nullable Taking takeNow(List<Bucket> buckets) {
        List<LeasedBucket> asked = new ArrayList<>(buckets.size());
        for (Bucket bucket : buckets) {
            asked.add(leases.of(bucket));
        }
        List<Standing> refusing = new ArrayList<>(0);
        long now = now();
        for (LeasedBucket leased : asked) {
            if (leased.isRefused(now) && leased.lease().held() == 0) {
                refusing.add(leased.refusing(now));
            }
        }
        return refusing.isEmpty() ? takenOfLeases(asked) : Taking.refused(refusing);
    }

    private @Nullable Taking takenOfLeases(List<LeasedBucket> asked) {
        for (int index = 0; index < asked.size(); index++) {
            if (!asked.get(index).take()) {
                leases.putBack(asked.subList(0, index));
                return null;
            }
        }
        return taken(asked);
    }

    private Taking taken(List<LeasedBucket> taken) {
        List<Standing> standings = new ArrayList<>(taken.size());
        long now = now();
        for (LeasedBucket leased : taken) {
            standings.add(leased.standing(now));
            if (leased.isLow() && !leased.isRefused(now) && leased.beginAsking()) {
                refill(leased);
            }
        }
        return Taking.taken(standings);
    }

    private void refill(LeasedBucket leased) {
        Question question = new Question(leased.bucket(), 0, leased.wish(), 0);
        var unused = asked(List.of(leased), List.of(question), CallSpan.NONE).subscribe(answers -> {}, failure -> {});
    }

    @Override
    public Mono<Taking> take(List<Bucket> buckets) {
        return take(buckets, CallSpan.NONE);
    }

    @Override
    public Mono<Taking> take(List<Bucket> buckets, CallSpan span) {
        return Mono.defer(() -> {
            List<LeasedBucket> had = new ArrayList<>(buckets.size());
            List<LeasedBucket> missing = new ArrayList<>(buckets.size());
            for (Bucket bucket : buckets) {
                LeasedBucket leased = leases.of(bucket);
                (leased.take() ? had : missing).add(leased);
            }
            if (missing.isEmpty()) {
                return Mono.just(taken(had));
            }
            List<Question> questions = missing.stream().map(this::question).toList();
            return asked(missing, questions, span)
                    .map(answers -> decided(answers, had, missing))
                    .onErrorResume(StoreFailure.class, failure -> withoutStore(buckets, had));
        });
    }

    /** Only one call at a time asks for more than its own permit, so that a gateway never holds more than it may. */
    private Question question(LeasedBucket leased) {
        boolean asks = leased.lease().room() > 0 && leased.beginAsking();
        long wished = asks ? leased.wish() : 0;
        if (asks && wished == 0) {
            leased.endAsking(); // what another call gave back has filled it meanwhile
        }
        return new Question(leased.bucket(), 1, wished, 0);
    }

    private Taking decided(List<Answer> answers, List<LeasedBucket> had, List<LeasedBucket> missing) {
        long now = now();
        if (answers.stream().allMatch(answer -> answer.taken() > 0)) {
            List<Standing> standings = new ArrayList<>(had.size() + missing.size());
            had.forEach(leased -> standings.add(leased.standing(now)));
            missing.forEach(leased -> standings.add(leased.standing(now)));
            return Taking.taken(standings);
        }
        leases.putBack(had);
        List<Standing> refusing = new ArrayList<>();
        for (int index = 0; index < answers.size(); index++) {
            if (answers.get(index).nanosToNext() > 0) {
                refusing.add(missing.get(index).refusing(now));
            }
        }
        return Taking.refused(refusing);
    }

    private Mono<Taking> withoutStore(List<Bucket> buckets, List<LeasedBucket> had) {
        return switch (settings.onStoreFailure()) {
            case LOCAL -> {
                leases.putBack(had);
                yield local.take(buckets);
            }
            case REFUSE -> {
                leases.putBack(had);
                yield Mono.just(Taking.of(Outcome.UNKNOWN));
            }
            case ALLOW -> Mono.just(Taking.of(Outcome.UNCOUNTED));
        };
    }

    /** Asks the store, and takes in what it says whether or not the call still waits for it. */
    private Mono<List<Answer>> asked(List<LeasedBucket> leased, List<Question> questions, CallSpan span) {
        Mono<ScriptResult> sent = store.run(
                script,
                LimitScript.keys(questions),
                LimitScript.arguments(questions),
                late -> told(leased, late, 0, questions));
        Mono<List<Answer>> asking = StoreSpan.of(span, script.name(), StoreFailure::word, sent)
                .map(result -> told(leased, result, 1, questions))
                .doOnTerminate(() -> ended(leased, questions));
        return Mono.fromFuture(asking.toFuture(), true);
    }

    /** @param forCalls whether the calls that asked are told in time, and take what they need */
    private List<Answer> told(List<LeasedBucket> leased, ScriptResult result, int forCalls, List<Question> questions) {
        List<Answer> answers = LimitScript.answers(result, questions);
        long now = now();
        long longest = settings.lease().time().toNanos();
        for (int index = 0; index < answers.size(); index++) {
            LeasedBucket each = leased.get(index);
            long calls =
                    Math.min(answers.get(index).taken(), questions.get(index).needed() * forCalls);
            leases.giveBack(each, each.told(answers.get(index), calls, now, longest));
        }
        leases.sweepLater();
        return answers;
    }

    private static void ended(List<LeasedBucket> leased, List<Question> questions) {
        for (int index = 0; index < leased.size(); index++) {
            if (questions.get(index).wished() > 0 || questions.get(index).needed() == 0) {
                leased.get(index).endAsking();
            }
        }
    }

    @Override
    public void giveBack(List<Bucket> buckets) {
        leases.putBack(buckets.stream().map(leases::of).toList());
        leases.sweepLater();
    }

    @Override
    public Mono<Void> giveAllBack() {
        return leases.giveAllBack();
    }

    @Override
    public void count(List<Bucket> buckets) {
        for (Bucket bucket : buckets) {
            List<Bucket> one = List.of(bucket);
            if (takeNow(one) == null) {
                var unused = take(one).subscribe(taking -> {}, failure -> {});
            }
        }
    }

    /** How many leases are kept. */
    long size() {
        return leases.size();
    }
}
