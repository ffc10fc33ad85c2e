package dev.sallyport.audit;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.AuditContract;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells once of each call of an operation what became of it, also of one that is given up, of which the provider may have made
 * or revoked a session all the same. Changes nothing.
 */
public final class AuditFilter implements Filter<ReadCall> {
    private final AuditContract contract;
    private final AuditEvents events;

    /** For one operation. */
    public AuditFilter(AuditContract contract, AuditEvents events) {
        this.contract = contract;
        this.events = events;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return Mono.defer(() -> {
            var told = new AtomicBoolean(); // a caller that goes away while it is answered cancels as well
            return next.send(call)
                    .doOnNext(reply -> tell(told, call, reply))
                    .doOnCancel(() -> tell(told, call, null))
                    .doOnError(bug -> tell(told, call, null));
        });
    }

    private void tell(AtomicBoolean told, ReadCall call, @Nullable Reply reply) {
        if (told.compareAndSet(false, true)) {
            events.ended(new AuditedCall(call, contract, reply));
        }
    }

    @Override
    public String toString() {
        return "audit(" + contract.action().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
