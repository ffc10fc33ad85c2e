package dev.sallyport.tools.openapi;

import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The path that the servers of a document put before its own paths; settings name the host only. */
final class ServerPath {
    private final Notes notes;
    private final @Nullable String given;

    ServerPath(ImportOptions options, Notes notes) {
        this.notes = notes;
        this.given = options.serverPath() == null ? null : trimmed(options.serverPath());
    }

    /** The path for an operation: its own servers, those of its path, or those of the document. */
    String before(JsonCursor operation, JsonCursor item, JsonCursor root) {
        if (given != null) {
            return given;
        }
        for (JsonCursor holder : List.of(operation, item, root)) {
            JsonCursor servers = holder.below("servers");
            if (servers.node().isArray() && !servers.node().isEmpty()) {
                return first(servers);
            }
        }
        return "";
    }

    private String first(JsonCursor servers) {
        Set<String> paths = new TreeSet<>();
        servers.children().forEach(server -> paths.add(path(server)));
        String first = path(servers.below(0));
        if (paths.size() > 1) {
            notes.takenAs(
                    servers, "these servers have different paths; \"" + first + "\" was taken, that of the first");
        }
        return first;
    }

    private static String path(JsonCursor server) {
        String url = server.text("url");
        for (JsonCursor variable : server.below("variables").children()) {
            url = url.replace("{" + variable.name() + "}", variable.text("default"));
        }
        String behindHost = url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*", "");
        return trimmed(behindHost.replaceFirst("[?#].*$", ""));
    }

    /** No slash at the end, one at the beginning. */
    private static String trimmed(String path) {
        String bare = Objects.requireNonNullElse(path, "").replaceAll("^/+|/+$", "");
        return bare.isEmpty() ? "" : "/" + bare;
    }
}
