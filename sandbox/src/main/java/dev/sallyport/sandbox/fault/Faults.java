package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.fault.Fault.Stage;
import dev.sallyport.sandbox.fault.forgery.Forge;
import dev.sallyport.sandbox.fault.forgery.Forgery;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.key.KeyRing;
import dev.sallyport.sandbox.session.key.KeyRings;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults and forgeries that one request asked for. */
public record Faults(Set<Fault> asked, List<Forgery> forgeries) {
    /** The header that asks for faults, several separated by commas. */
    public static final String HEADER = "X-Sandbox-Fault";

    public static final Faults NONE = new Faults(Set.of(), List.of());

    /** Reads the header; refuses a name that is not known, so that a misspelt test does not pass. */
    public static Faults in(HttpHeaders headers) {
        Set<Fault> asked = EnumSet.noneOf(Fault.class);
        List<Forgery> forgeries = new ArrayList<>();
        for (String line : headers.getAll(HEADER)) {
            for (String name : line.split(",", -1)) {
                Fault.named(name.strip()).ifPresentOrElse(asked::add, () -> forgeries.add(forgery(name.strip())));
            }
        }
        return new Faults(asked, forgeries);
    }

    private static Forgery forgery(String name) {
        return Forgery.named(name)
                .orElseThrow(() -> Refusal.of(ErrorType.BAD_REQUEST, "There is no sandbox fault of that name."));
    }

    /**
     * Returns the reply with all faults but those of the connection.
     *
     * @param keys the caller's; absent where nothing is signed
     * @param all every project's
     */
    public Reply applyTo(Reply reply, @Nullable KeyRing keys, KeyRings all) {
        Reply broken = keys == null ? reply : forged(reply, keys, all.otherThan(keys));
        for (Fault fault : asked) {
            broken = apply(fault, broken, keys);
        }
        return broken;
    }

    private Reply forged(Reply reply, KeyRing own, KeyRing other) {
        Reply forged = reply;
        for (Forgery forgery : forgeries) {
            forged = Forge.apply(forgery, forged, own, other);
        }
        return forged;
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
