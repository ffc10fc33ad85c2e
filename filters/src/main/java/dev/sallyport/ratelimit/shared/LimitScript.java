package dev.sallyport.ratelimit.shared;

import dev.sallyport.call.Digests;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Limit;
import dev.sallyport.store.Script;
import dev.sallyport.store.ScriptResult;
import dev.sallyport.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The script that takes of buckets, what is asked of it and what it answers. The hash tag, which is the same for all, keeps all
 * buckets of a call in one place: a script reads and writes what it must undivided. Of a key the store sees a digest.
 */
final class LimitScript {
    private static final String PREFIX = "{sallyport-limits}:";
    private static final int NUMBERS_OF_AN_ANSWER = 4;
    private static final int DIGEST_BYTES = 16;

    private LimitScript() {}

    /** Read from a file: not for an event loop. */
    static Script script() {
        return Script.beside(LimitScript.class, "limits");
    }

    /**
     * What is asked of one bucket.
     *
     * @param needed without which nothing is taken of any bucket
     * @param wished beside those, as far as they are there
     * @param givenBack what is put back in any case
     */
    record Question(Bucket bucket, long needed, long wished, long givenBack) {}

    /** What one bucket answers. */
    record Answer(long taken, long left, long nanosToNext, long nanosToFull) {}

    static List<byte[]> keys(List<Question> questions) {
        return questions.stream().map(question -> key(question.bucket())).toList();
    }

    private static byte[] key(Bucket bucket) {
        byte[] digest = Digests.sha256().digest(bucket.key().getBytes(StandardCharsets.UTF_8));
        byte[] start = Arrays.copyOf(digest, DIGEST_BYTES);
        return bytes(PREFIX + bucket.limit().name() + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(start));
    }

    static List<byte[]> arguments(List<Question> questions) {
        List<byte[]> arguments = new ArrayList<>(questions.size() * 6);
        for (Question question : questions) {
            Limit limit = question.bucket().limit();
            arguments.add(number(limit.permits()));
            arguments.add(number(limit.per().toNanos() / 1000));
            arguments.add(number(limit.burst()));
            arguments.add(number(question.needed()));
            arguments.add(number(question.wished()));
            arguments.add(number(question.givenBack()));
        }
        return arguments;
    }

    /** A {@link StoreFailure} if these are no answers that the script gives to such questions. */
    static List<Answer> answers(ScriptResult result, List<Question> questions) {
        if (result.size() != questions.size() * NUMBERS_OF_AN_ANSWER) {
            throw StoreFailure.of(result.size() + " values to " + questions.size() + " questions");
        }
        List<Answer> answers = new ArrayList<>(questions.size());
        for (int at = 0; at < result.size(); at += NUMBERS_OF_AN_ANSWER) {
            answers.add(new Answer(
                    result.number(at),
                    result.number(at + 1),
                    TimeUnit.MICROSECONDS.toNanos(result.number(at + 2)),
                    TimeUnit.MICROSECONDS.toNanos(result.number(at + 3))));
        }
        boolean isRefused = answers.stream().anyMatch(answer -> answer.nanosToNext() > 0);
        for (int index = 0; index < answers.size(); index++) {
            if (!isPossible(answers.get(index), questions.get(index), isRefused)) {
                throw StoreFailure.of("numbers that are not of a bucket");
            }
        }
        return answers;
    }

    private static boolean isPossible(Answer answer, Question question, boolean isRefused) {
        long least = isRefused ? 0 : question.needed();
        long most = isRefused ? 0 : question.needed() + question.wished();
        boolean isTaken = answer.taken() >= least && answer.taken() <= most;
        return isTaken && answer.left() >= 0 && answer.nanosToNext() >= 0 && answer.nanosToFull() >= 0;
    }

    private static byte[] number(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
