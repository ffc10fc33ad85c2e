package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.directory.Project;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in.
 *
 * @param caller the project whose credentials it carries; none where no credentials are needed
 * @param path the values of the path's placeholders
 * @param fields the body's members; none if the operation takes no body
 */
public record Call(@Nullable Project caller, Map<String, String> path, HttpHeaders headers, Fields fields) {
    public Call {
        path = Map.copyOf(path);
    }

    /** Returns the calling project; only for operations that need credentials. */
    Project project() {
        return Objects.requireNonNull(caller, "this operation was opened to anybody");
    }

    public String pathValue(String name) {
        return path.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "Call[" + caller + "]";
    }
}
