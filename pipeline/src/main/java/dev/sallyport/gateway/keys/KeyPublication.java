package dev.sallyport.gateway.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.kept.KeptReply;
import dev.sallyport.kept.KeptReply.Audience;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.KeySource.KnownKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A project's session keys as the gateway keeps them, in the words of the operation that publishes them: the keys that it verifies
 * with, and no others. A set that does not keep the operation's contract, such as one that an older gateway saved, is not given.
 */
public final class KeyPublication implements Function<String, @Nullable KeptReply> {
    private static final Headers JSON = Headers.of(Map.of("Content-Type", "application/json"));

    private final Contract contract;
    private final Function<String, Issuer> issuers;
    private final KeySource keys;
    private final ReplyReading reading;
    /** Written once for each set, for as long as that is held. */
    private final Cache<KeySet, Optional<Answer>> written =
            Caffeine.newBuilder().weakKeys().build();

    /**
     * For the operation of a contract.
     *
     * @param issuers by project
     */
    public KeyPublication(Contract contract, Function<String, Issuer> issuers, KeySource keys) {
        this.contract = contract;
        this.issuers = issuers;
        this.keys = keys;
        this.reading = new ReplyReading(contract);
    }

    /** Of a project; null if none of its keys may be given. */
    @Override
    public @Nullable KeptReply apply(String project) {
        @Nullable KnownKeys known = keys.dated(issuers.apply(project));
        if (known == null) {
            return null;
        }
        Optional<Answer> answer = written.get(known.keys(), set -> written(project, set));
        return answer.map(it -> new KeptReply(it, known.age(), known.lifetime(), Audience.PUBLIC))
                .orElse(null);
    }

    private Optional<Answer> written(String project, KeySet set) {
        byte[] body = set.published(contract.metadata().reply().members()).getBytes(StandardCharsets.UTF_8);
        int status = contract.replyForm().usualStatus();
        Answer answer = reading.read(status, JSON, body, Timing.NONE);
        boolean keepsContract = answer.content() instanceof Document document
                && contract.replyViolations(new Facts(null, document, null, status, project))
                        .isEmpty();
        return keepsContract ? Optional.of(answer) : Optional.empty();
    }
}
