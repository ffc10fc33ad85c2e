package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Projects that may be told: those that the operator listed; if none is listed, those that the provider took for one. Anything
 * else that a caller names may be a secret in the wrong place.
 */
public record KnownProjects(Set<String> listed) {
    public KnownProjects {
        listed = Set.copyOf(listed);
    }

    /** Those of the settings. */
    public static KnownProjects of(Settings settings) {
        return new KnownProjects(
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet()));
    }

    /** The project of a call if it may be told, else null. */
    public @Nullable String told(@Nullable String project, @Nullable Reply reply) {
        if (project == null || listed.contains(project)) {
            return project;
        }
        boolean taken = listed.isEmpty() && reply instanceof Answer answer && answer.isSuccess();
        return taken ? HarmlessId.of(project) : null;
    }
}
