package dev.sallyport.gateway.edge;

/** Whether a path is written in its one normal way, so that no two servers can read it differently. A pure decision. */
public final class NormalPath {
    private static final String PLAIN = "-._~!$&'()*+,=:@/";

    private NormalPath() {}

    /** Whether it is absolute, and of plain characters only: no escapes, no parameters, no empty or dot segments. */
    public static boolean is(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        for (int index = 0; index < path.length(); index++) {
            if (!isPlain(path.charAt(index))) {
                return false;
            }
        }
        return !path.contains("//") && !hasDotSegment(path);
    }

    /** Whether a character stands for itself in a path and is not a parameter's. */
    public static boolean isPlain(char c) {
        return isAlphanumeric(c) || PLAIN.indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean hasDotSegment(String path) {
        return path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/..");
    }
}
