package dev.sallyport.sandbox.session.key;

import dev.sallyport.sandbox.directory.Project;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every project's own keys: a token of one project never verifies with the keys of another. */
public final class KeyRings {
    private final Map<String, KeyRing> byProject;

    public KeyRings(List<Project> projects, Clock clock) {
        byProject = projects.parallelStream()
                .map(Project::id)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), id -> new KeyRing(clock)));
    }

    /** Returns the project's keys, or throws if there is no such project. */
    public KeyRing of(String projectId) {
        return find(projectId).orElseThrow(() -> new IllegalArgumentException("no project " + projectId));
    }

    public Optional<KeyRing> find(String projectId) {
        return Optional.ofNullable(byProject.get(projectId));
    }

    /** Returns the keys of some other project. */
    public KeyRing otherThan(KeyRing own) {
        return byProject.values().stream()
                .filter(ring -> ring != own)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is one project only"));
    }

    public void rotateAll() {
        byProject.values().forEach(KeyRing::rotate);
    }

    public void withdrawAllOld() {
        byProject.values().forEach(KeyRing::withdrawOld);
    }
}
