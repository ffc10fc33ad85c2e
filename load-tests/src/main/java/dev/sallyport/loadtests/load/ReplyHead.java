package dev.sallyport.loadtests.load;

import java.util.Optional;

/** The head of a reply: what the load generator needs of it, and why it is wrong if it is. */
record ReplyHead(String text) {
    private static final String GOOD = "HTTP/1.1 200 ";
    private static final String LENGTH = "content-length:";
    private static final String REJECTION = "sallyport-rejection:";

    Optional<String> problem() {
        if (!text.startsWith(GOOD)) {
            String line = text.substring(0, text.indexOf('\r'));
            return Optional.of(
                    "answered " + line + field(REJECTION).map(why -> ", " + why).orElse(""));
        }
        return field(LENGTH).isEmpty() ? Optional.of("a reply without Content-Length") : Optional.empty();
    }

    int contentLength() {
        return Integer.parseInt(field(LENGTH).orElseThrow());
    }

    private Optional<String> field(String name) {
        int line = text.indexOf('\n') + 1;
        while (line > 0) {
            if (text.regionMatches(true, line, name, 0, name.length())) {
                return Optional.of(text.substring(line + name.length(), text.indexOf('\r', line))
                        .strip());
            }
            line = text.indexOf('\n', line) + 1;
        }
        return Optional.empty();
    }
}
