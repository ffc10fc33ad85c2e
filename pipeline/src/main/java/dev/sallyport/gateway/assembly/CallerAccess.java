package dev.sallyport.gateway.assembly;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.caller.CallerEvents;
import dev.sallyport.caller.CallerTokens;
import dev.sallyport.caller.Callers;
import dev.sallyport.caller.FailedCalls;
import dev.sallyport.caller.SlowRefusals;
import dev.sallyport.config.Settings;
import dev.sallyport.gateway.loop.LoopScheduler;
import java.util.Optional;

/** What proving callers takes that goes on over every reload. */
public record CallerAccess(CallerTokens tokens, CallerEvents events, SlowRefusals refusals) {
    /**
     * With nothing remembered of callers that failed.
     *
     * @param tokens those of the company's issuer, or none
     */
    public static CallerAccess of(CallerTokens tokens, CallerEvents events) {
        return new CallerAccess(
                tokens, events, new SlowRefusals(new FailedCalls(Ticker.systemTicker()), events, new LoopScheduler()));
    }

    /** The callers of the settings; empty where their own credentials go to the provider. */
    Optional<Callers> callers(Settings settings) {
        return settings.provider().replacesCredentials()
                ? Optional.of(
                        new Callers(settings.callers(), settings.provider().projects(), tokens, events, refusals))
                : Optional.empty();
    }
}
