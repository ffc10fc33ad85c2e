package dev.sallyport.caller;

import dev.sallyport.config.caller.CallerSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may do; all else it may not. A pure decision.
 *
 * @param name from the settings
 * @param operations ids, or {@code *} for all of the contract pack
 * @param projects ids; those that {@code *} stood for by name
 * @param organizations ids, or {@code *} for any and none
 */
record Grant(String name, Set<String> operations, Set<String> projects, Set<String> organizations) {
    Grant {
        operations = Set.copyOf(operations);
        projects = Set.copyOf(projects);
        organizations = Set.copyOf(organizations);
    }

    /**
     * Of the settings.
     *
     * @param listed the projects that there are
     */
    static Grant of(CallerSettings caller, Set<String> listed) {
        List<String> named = caller.projects();
        return new Grant(
                caller.name(),
                Set.copyOf(caller.operations()),
                named.contains(CallerSettings.ALL) ? listed : Set.copyOf(named),
                Set.copyOf(caller.organizations()));
    }

    /** Whether it may make calls of an operation; those that no contract knows are none of {@code *}. */
    boolean mayCall(Target target) {
        return operations.contains(target.operation())
                || (target.isContracted() && operations.contains(CallerSettings.ALL));
    }

    /**
     * The project that a call is for; null if it may not be made.
     *
     * @param named by the call; null if it names none that can be read
     * @param names whether it names one, be that readable or not, or two
     */
    @Nullable
    String project(@Nullable String named, boolean names) {
        if (named != null) {
            return projects.contains(named) ? named : null;
        }
        return !names && projects.size() == 1 ? projects.iterator().next() : null;
    }

    /** Whether it is not held to some organizations. */
    boolean mayNameAny() {
        return organizations.contains(CallerSettings.ALL);
    }

    /** Whether a call may be about an organization; null for one that names none. */
    boolean mayName(@Nullable String organization) {
        return mayNameAny() || (organization != null && organizations.contains(organization));
    }
}
