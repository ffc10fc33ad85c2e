package dev.sallyport.gateway;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ways of writing a path that is served so that it does not look like it. */
final class Spellings {
    private Spellings() {}

    /** Targets that some server might take for a path. */
    static Stream<String> of(String path) {
        return Stream.of(cases(path), slashesAndDots(path), encoded(path), ends(path), parameters(path), others(path))
                .flatMap(spellings -> spellings);
    }

    private static Stream<String> cases(String path) {
        return Stream.of(
                path.toUpperCase(Locale.ROOT),
                path.replaceFirst("v1", "V1"),
                path.replaceFirst("sessions", "Sessions"),
                path.replaceFirst("s(?=[^s]*$)", "S"));
    }

    private static Stream<String> slashesAndDots(String path) {
        String rest = path.substring("/v1".length());
        return Stream.of(
                path + "/",
                path + "//",
                path + "/.",
                path + "/./",
                path + "/x/..",
                path + "/x/../",
                "/" + path,
                "//" + path,
                "/v1/" + rest,
                "/." + path,
                "/.." + path,
                "/x/.." + path,
                "/v1/." + rest,
                "/v1/x/.." + rest,
                "/v1/x/y/../.." + rest,
                "/v1" + rest.replaceFirst("sessions", "sessions/../sessions"));
    }

    private static Stream<String> encoded(String path) {
        String rest = path.substring("/v1".length());
        String last = path.substring(path.length() - 1);
        String most = path.substring(0, path.length() - 1);
        String hex = Integer.toHexString(last.charAt(0));
        return Stream.of(
                most + "%" + hex,
                most + "%" + hex.toUpperCase(Locale.ROOT),
                most + "%25" + hex,
                most + "%2525" + hex,
                path.chars()
                        .mapToObj(c -> c == '/' ? "/" : "%" + Integer.toHexString(c))
                        .collect(Collectors.joining()),
                "/" + path.substring(1).replace("/", "%2f"),
                "/" + path.substring(1).replace("/", "%2F"),
                "/" + path.substring(1).replace("/", "%252f"),
                "/" + path.substring(1).replace("/", "%5c"),
                "/" + path.substring(1).replace("/", "%c0%af"),
                "/" + path.substring(1).replace("/", "%e0%80%af"),
                "/" + path.substring(1).replace("/", "%u002f"),
                "/v1/x/%2e%2e" + rest,
                "/v1/x/.%2e" + rest,
                "/v1/x/%2e." + rest,
                "/v1/%2e" + rest,
                "/v1/x/%252e%252e" + rest,
                "/v1/x/%c0%ae%c0%ae" + rest,
                "/v1/x%2f.." + rest,
                "/v1/x/..%2f" + rest.substring(1),
                "/v1/x/..%5c" + rest.substring(1),
                path.replaceFirst("sessions", "%c5%bfessions"),
                path + "%2f",
                path + "%3f",
                path + "%3fx=1",
                path + "%23",
                path + "%23x");
    }

    private static Stream<String> ends(String path) {
        return Stream.of(
                        "%00",
                        "%00.json",
                        "%0a",
                        "%0d%0a",
                        "%09",
                        "%20",
                        "%20/",
                        "%c2%a0",
                        ".",
                        "..",
                        "...",
                        ".json",
                        ".html",
                        ".php",
                        "~",
                        "!",
                        "$",
                        "&",
                        "'",
                        "(",
                        ")",
                        "*",
                        "+",
                        ",",
                        ",x",
                        "=",
                        ":",
                        ":443",
                        "@",
                        "@x")
                .map(end -> path + end);
    }

    private static Stream<String> parameters(String path) {
        String rest = path.substring("/v1".length());
        return Stream.of(
                path + ";",
                path + ";x=y",
                path + "/;x=y",
                path + "%3b",
                path + "%3bx=y",
                path + ";/",
                "/v1;x=y" + rest,
                "/;x=y" + path,
                "/x/..;" + path,
                "/x/..;/" + path.substring(1),
                "/v1/x/..;x=y" + rest,
                "/v1/.;" + rest);
    }

    private static Stream<String> others(String path) {
        String rest = path.substring("/v1".length());
        return Stream.of(
                "/v1\\" + rest.substring(1),
                path.replace('/', '\\'),
                "/v1/+" + rest.substring(1),
                "/v1/." + rest.substring(1),
                "/v1/..." + rest,
                "/~" + path.substring(1),
                "/v1/x\\.." + rest,
                "/v1/x\\..\\" + rest.substring(1),
                path + "\\",
                "http://gateway" + path,
                "http://gateway:80" + path,
                "HTTP://GATEWAY" + path,
                "https://gateway" + path,
                "http://user@gateway" + path,
                "http://" + path,
                path + "#",
                path + "#x",
                path + "\t",
                path + "\0",
                path + "\u007f",
                path + "\u00a0");
    }
}
