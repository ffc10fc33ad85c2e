package dev.sallyport.caller;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The callers of the settings, for all operations. */
public final class Callers {
    private static final Operation OTHERS = new Operation(Target.OTHER, "GET", "/");

    private final KnownCallers known;
    private final CallerCheck check;
    private final CallerEvents events;
    private final SlowRefusals refusals;
    private final Map<String, String> credentials = new HashMap<>();

    /**
     * Those of the settings.
     *
     * @param projects with their secrets
     * @param refusals shared over every reload
     */
    public Callers(
            CallersSettings settings,
            List<ProjectSettings> projects,
            CallerTokens tokens,
            CallerEvents events,
            SlowRefusals refusals) {
        projects.forEach(project -> credentials.put(project.id(), basic(project)));
        this.known = new KnownCallers(settings, credentials.keySet());
        this.check = new CallerCheck(known, tokens, events);
        this.events = events;
        this.refusals = refusals;
    }

    private static String basic(ProjectSettings project) {
        String credentials = project.id() + ":" + project.secret().orElseThrow().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** Proves the callers of an operation; public keys are for all. */
    public Filter<Call> of(Contract contract) {
        return contract.metadata().publishesKeys()
                ? new AnonymousFilter()
                : new CallerFilter(check, Target.of(contract), refusals, credentials);
    }

    /** The same for calls that no contract knows. */
    public Filter<Call> ofOthers() {
        return new CallerFilter(check, Target.other(), refusals, credentials);
    }

    /** Holds callers to their organizations; empty if none is held to any, or if an operation has none to be held to. */
    public Optional<Filter<ReadCall>> organizations(Contract contract) {
        boolean isHeld = known.areHeldToOrganizations() && !contract.metadata().publishesKeys();
        return isHeld
                ? Optional.of(new OrganizationFilter(
                        known, contract.operation(), contract.organization().orElse(null), events, refusals))
                : Optional.empty();
    }

    /** The same for calls that no contract knows, of which no organization is read. */
    public Optional<Filter<ReadCall>> organizationsOfOthers() {
        return known.areHeldToOrganizations()
                ? Optional.of(new OrganizationFilter(known, OTHERS, null, events, refusals))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "callers";
    }
}
