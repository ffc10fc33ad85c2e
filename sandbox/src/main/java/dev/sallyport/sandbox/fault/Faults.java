package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.fault.Fault.Stage;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.KeyRing;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults that one request asked for. */
public record Faults(Set<Fault> asked) {
    /** The header that asks for faults, several separated by commas. */
    public static final String HEADER = "X-Sandbox-Fault";

    public static final Faults NONE = new Faults(Set.of());

    /** Reads the header; refuses a name that is not known, so that a misspelt test does not pass. */
    public static Faults in(HttpHeaders headers) {
        Set<Fault> asked = EnumSet.noneOf(Fault.class);
        for (String line : headers.getAll(HEADER)) {
            for (String name : line.split(",", -1)) {
                asked.add(Fault.named(name.strip())
                        .orElseThrow(
                                () -> Refusal.of(ErrorType.BAD_REQUEST, "There is no sandbox fault of that name.")));
            }
        }
        return new Faults(asked);
    }

    /** Returns the reply with all faults but those of the connection; {@code keys} are absent where nothing is signed. */
    public Reply applyTo(Reply reply, @Nullable KeyRing keys) {
        Reply broken = reply;
        for (Fault fault : asked) {
            broken = apply(fault, broken, keys);
        }
        return broken;
    }

    /** Returns what is to happen to the connection, if anything. */
    public Optional<Fault> onTheWire() {
        return asked.stream().filter(fault -> fault.stage() == Stage.WIRE).findFirst();
    }

    private static Reply apply(Fault fault, Reply reply, @Nullable KeyRing keys) {
        return switch (fault.stage()) {
            case TOKEN -> keys == null ? reply : TokenFaults.apply(fault, reply, keys);
            case BODY -> BodyFaults.apply(fault, reply);
            case CONTENT -> ContentFaults.apply(fault, reply);
            case STATUS, HEADER -> HeadFaults.apply(fault, reply);
            case WIRE -> reply;
        };
    }
}
