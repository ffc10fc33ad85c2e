package dev.sallyport.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Which path a server takes a request target for, before it looks for what answers it. Empty where it refuses the target. */
enum Reading {
    /**
     * nginx, "location" in its documentation of ngx_http_core_module: matches the URI after decoding {@code %XX} once, resolving
     * {@code .} and {@code ..}, and merging slashes; what is decoded to a slash or a dot counts as one (ngx_http_parse.c). NUL and
     * a path above the root are refused.
     */
    NGINX(target -> decoded(path(target)).filter(path -> path.indexOf('\0') < 0).flatMap(Reading::resolved)),
    /**
     * Go's net/http before 1.22, which also matched escaped slashes: {@code URL.Path} is decoded once, and {@code ServeMux}
     * cleans it (path.Clean, but for a slash at the end) and sends a caller there. Paths that end in a slash are subtrees.
     */
    GO(target -> decoded(path(target)).map(Reading::cleaned)),
    /**
     * Express for Node.js, whose router has neither "case sensitive routing" nor "strict routing" unless it is told: case does
     * not count, nor one slash at the end. Names in a route are not decoded.
     */
    NODE(target -> Optional.of(path(target).toLowerCase(Locale.ROOT).replaceFirst("(?<=.)/$", ""))),
    /** All at once, and more than any of them does: parameters, backslashes, absolute form, suffixes, whatever is encoded twice. */
    CARELESS(target -> Optional.of(careless(target)));

    @SuppressWarnings("ImmutableEnumChecker") // a function of its argument alone
    private final Function<String, Optional<String>> reading;

    Reading(Function<String, Optional<String>> reading) {
        this.reading = reading;
    }

    Optional<String> of(String target) {
        return reading.apply(target);
    }

    /** Whether a server that reads like this takes the target for the path. */
    boolean takes(String target, String path) {
        return of(target).filter(path::equals).isPresent();
    }

    private static String path(String target) {
        return target.replaceFirst("^[a-zA-Z]+://[^/?#]*", "").replaceFirst("[?#].*", "");
    }

    private static Optional<String> decoded(String path) {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < path.length(); at++) {
            if (path.charAt(at) != '%') {
                bytes.write(path.charAt(at));
            } else if (at + 2 < path.length() && path.substring(at + 1, at + 3).matches("[0-9A-Fa-f]{2}")) {
                bytes.write(Integer.parseInt(path.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> resolved(String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/", -1)) {
            if (step.equals("..") && steps.pollLast() == null) {
                return Optional.empty();
            }
            if (!step.isEmpty() && !step.equals(".") && !step.equals("..")) {
                steps.addLast(step);
            }
        }
        boolean isFolder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
        String whole = "/" + String.join("/", steps);
        return Optional.of(isFolder && !steps.isEmpty() ? whole + "/" : whole);
    }

    private static String cleaned(String path) {
        String rooted = path;
        while (rooted.startsWith("/../") || rooted.startsWith("//")) {
            rooted = rooted.startsWith("//") ? rooted.substring(1) : rooted.substring(3);
        }
        return resolved(rooted).orElse("/");
    }

    private static String careless(String target) {
        String path = path(target);
        for (int round = 0; round < 3; round++) {
            path = decoded(path.replaceAll("%(?:[cC]0%[aA][fF]|[eE]0%80%[aA][fF]|[uU]002[fF])", "/")
                            .replaceAll("%[cC]0%[aA][eE]", ".")
                            .replaceAll("%[cC]5%[bB][fF]", "s")
                            .replaceAll("%(?![0-9A-Fa-f]{2})", "%25"))
                    .orElse(path);
        }
        String plain = path.replace('\\', '/')
                .replaceAll(";[^/]*", "")
                .replaceAll("[\\x00#?][\\s\\S]*", "")
                .toLowerCase(Locale.ROOT);
        String whole =
                cleaned(plain).replaceAll("/[^a-z0-9_-]+(?=[/a-z0-9_-])", "/").replaceAll("/{2,}", "/");
        return whole.replaceAll("(?:/|\\.[a-z]*|[^a-z0-9/_-][^/]*)+$", "");
    }
}
