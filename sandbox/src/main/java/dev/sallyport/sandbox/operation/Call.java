package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in.
 *
 * @param caller the project whose credentials it carries; none where no credentials are needed
 * @param path the values of the path's placeholders
 * @param query the values of each query parameter
 * @param fields the body's members; none if the operation takes no body
 */
public record Call(
        @Nullable Project caller,
        Map<String, String> path,
        Map<String, List<String>> query,
        HttpHeaders headers,
        Fields fields) {
    public Call {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
    }

    /** Returns the calling project; only for operations that need credentials. */
    public Project project() {
        return Objects.requireNonNull(caller, "this operation was opened to every caller");
    }

    public String pathValue(String name) {
        return path.getOrDefault(name, "");
    }

    /** Returns the first value of a query parameter; refuses if there is none, or an empty one. */
    public String requiredQueryValue(String name) {
        return query.getOrDefault(name, List.of()).stream()
                .findFirst()
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> Refusal.of(ErrorType.BAD_REQUEST));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String toString() {
        return "Call[" + caller + "]";
    }
}
