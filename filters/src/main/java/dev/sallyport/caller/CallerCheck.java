package dev.sallyport.caller;

import dev.sallyport.call.Call;
import dev.sallyport.caller.CallerEvents.Means;
import dev.sallyport.caller.CallerTokens.Outcome;
import dev.sallyport.caller.CallerTokens.Refused;
import dev.sallyport.caller.CallerTokens.Subject;
import dev.sallyport.caller.Identity.Proven;
import dev.sallyport.caller.Identity.Unproven;
import dev.sallyport.caller.Presented.Basic;
import dev.sallyport.caller.Presented.Bearer;
import dev.sallyport.caller.Presented.Unreadable;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds out who calls. A client certificate that is a caller's proves that caller, whatever else the call shows; otherwise it is the
 * header {@code Authorization} that must.
 */
final class CallerCheck {
    private final KnownCallers known;
    private final CallerTokens tokens;
    private final CallerEvents events;

    CallerCheck(KnownCallers known, CallerTokens tokens, CallerEvents events) {
        this.known = known;
        this.tokens = tokens;
        this.events = events;
    }

    CallerEvents events() {
        return events;
    }

    Mono<Identity> identity(Call call, Presented presented) {
        @Nullable
        X509Certificate certificate =
                known.areCertified() ? call.identification().certificate() : null;
        @Nullable Grant holder = certificate == null ? null : known.holderOf(certificate);
        if (holder != null) {
            return Mono.just(new Proven(holder, Means.CERTIFICATE));
        }
        if (presented instanceof Basic basic) {
            return Mono.just(byKey(ApiKey.parse(basic.password())));
        }
        if (presented instanceof Bearer bearer) {
            return byBearer(bearer.token(), call);
        }
        if (presented instanceof Unreadable) {
            return unproven(Denial.UNREADABLE);
        }
        return unproven(certificate == null ? Denial.NOTHING_SHOWN : Denial.UNKNOWN_CERTIFICATE);
    }

    private static Mono<Identity> unproven(Denial why) {
        return Mono.just(new Unproven(why));
    }

    private Mono<Identity> byBearer(String token, Call call) {
        @Nullable ApiKey key = ApiKey.parse(token);
        return key == null ? tokens.read(token, call.deadline()).map(this::bySubject) : Mono.just(byKey(key));
    }

    private Identity byKey(@Nullable ApiKey key) {
        return of(key == null ? null : known.holderOf(key), Means.KEY, Denial.UNKNOWN_KEY);
    }

    private Identity bySubject(Outcome outcome) {
        return outcome instanceof Subject subject
                ? of(known.subject(subject.name()), Means.TOKEN, Denial.UNKNOWN_SUBJECT)
                : new Unproven(((Refused) outcome).why());
    }

    private static Identity of(@Nullable Grant grant, Means by, Denial otherwise) {
        return grant == null ? new Unproven(otherwise) : new Proven(grant, by);
    }
}
