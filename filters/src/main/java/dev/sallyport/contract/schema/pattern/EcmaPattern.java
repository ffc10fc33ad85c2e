package dev.sallyport.contract.schema.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a regular expression of JSON Schema, which are ECMAScript's in Unicode mode, as one of RE2. What RE2 cannot match in
 * linear time (looking around, referring back), and what the two read differently and has no translation, is refused with
 * an {@link IllegalArgumentException}.
 */
final class EcmaPattern {
    private static final String SPACE =
            "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
    private static final String NO_SPACE =
            "\\x00-\\x08\\x0e-\\x1f!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"
                    + "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";
    private static final String NO_LINE_END = "[^\\n\\r\\x{2028}\\x{2029}]";

    private static final Pattern COUNT = Pattern.compile("\\{\\d{1,4}(,(\\d{1,4})?)?\\}");
    private static final Pattern GROUP = Pattern.compile("\\(\\?(:|<[A-Za-z_]\\w*>)");
    private static final Pattern CODE_UNITS = Pattern.compile(
            "\\\\u(?:(d[89ab]\\p{XDigit}{2})\\\\u(d[c-f]\\p{XDigit}{2})|(\\p{XDigit}{4})|\\{(\\p{XDigit}{1,6})\\})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CODE = Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|c([A-Za-z])|0(?!\\d))");
    private static final Pattern PROPERTY =
            Pattern.compile("\\\\([pP])\\{(?:(?:General_Category|gc|Script|sc)=)?(\\w+)\\}");

    private final String text;
    private final StringBuilder written = new StringBuilder();
    private int at;
    private boolean inClass;

    private EcmaPattern(String text) {
        this.text = text;
    }

    static String asRe2(String text) {
        return new EcmaPattern(text).translated();
    }

    private String translated() {
        while (at < text.length()) {
            if (text.charAt(at) == '\\') {
                escape();
            } else if (inClass) {
                inClass(text.charAt(at));
            } else {
                outside(text.charAt(at));
            }
        }
        return written.toString();
    }

    private void outside(char next) {
        switch (next) {
            case '.' -> write(NO_LINE_END, 1);
            case '[' -> openClass();
            case '{' -> copy(COUNT, "has a { that begins no count");
            case '(' -> group();
            case ']', '}' -> throw no("has a " + next + " that closes nothing");
            default -> write(String.valueOf(next), 1);
        }
    }

    private void openClass() {
        boolean negated = text.startsWith("[^", at);
        write(negated ? "[^" : "[", negated ? 2 : 1);
        inClass = true;
        if (text.startsWith("]", at)) {
            throw no("has an empty class");
        }
    }

    private void inClass(char next) {
        inClass = next != ']';
        write(next == '[' ? "\\[" : String.valueOf(next), 1);
    }

    /** Names are dropped: nothing refers to them, and RE2 spells them differently. */
    private void group() {
        if (!text.startsWith("(?", at)) {
            write("(", 1);
            return;
        }
        Matcher group = here(GROUP);
        if (!group.lookingAt()) {
            throw no("looks around, or has a group that ECMAScript does not know");
        }
        write("(?:", group.end() - at);
    }

    private void escape() {
        if (at + 1 == text.length()) {
            throw no("ends with a backslash");
        }
        char kind = text.charAt(at + 1);
        switch (kind) {
            case 'd', 'D', 'w', 'W', 't', 'n', 'v', 'f', 'r' -> write("\\" + kind, 2);
            case 's' -> write(inClass ? SPACE : "[" + SPACE + "]", 2);
            case 'S' -> write(inClass ? NO_SPACE : "[" + NO_SPACE + "]", 2);
            case 'b' -> write(inClass ? "\\x08" : "\\b", 2);
            case 'B' -> copy(Pattern.compile("\\\\B"), "");
            case 'u' -> codeUnits();
            case 'x', 'c', '0' -> code();
            case 'p', 'P' -> property();
            default -> itself(kind);
        }
    }

    private void itself(char kind) {
        if ((kind >= '1' && kind <= '9') || kind == 'k') {
            throw no("refers back to a group");
        }
        if ("^$\\.*+?()[]{}|/-".indexOf(kind) < 0) {
            throw no("has an escape that ECMAScript does not know");
        }
        write("\\" + kind, 2);
    }

    private void codeUnits() {
        Matcher units = here(CODE_UNITS);
        if (!units.lookingAt()) {
            throw no("has an escape that ECMAScript does not know");
        }
        if (units.group(1) != null) {
            char high = (char) Integer.parseInt(units.group(1), 16);
            char low = (char) Integer.parseInt(units.group(2), 16);
            write(Character.toCodePoint(high, low), units.end() - at);
        } else {
            String digits = units.group(3) == null ? units.group(4) : units.group(3);
            write(Integer.parseInt(digits, 16), units.end() - at);
        }
    }

    private void code() {
        Matcher code = here(CODE);
        if (!code.lookingAt()) {
            throw no("has an escape that ECMAScript does not know");
        }
        if (code.group(1) != null) {
            write(Integer.parseInt(code.group(1), 16), code.end() - at);
        } else {
            write(code.group(2) == null ? 0 : code.group(2).charAt(0) % 32, code.end() - at);
        }
    }

    private void property() {
        Matcher property = here(PROPERTY);
        if (!property.lookingAt()) {
            throw no("has an escape that ECMAScript does not know");
        }
        String name = property.group(2).equals("Letter") ? "L" : property.group(2);
        write("\\" + property.group(1) + "{" + name + "}", property.end() - at);
    }

    private void copy(Pattern allowed, String otherwise) {
        Matcher found = here(allowed);
        if (inClass || !found.lookingAt()) {
            throw no(otherwise);
        }
        write(found.group(), found.end() - at);
    }

    private Matcher here(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private void write(int codePoint, int read) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw no("contains an unpaired surrogate");
        }
        write("\\x{" + Integer.toHexString(codePoint) + "}", read);
    }

    private void write(String re2, int read) {
        written.append(re2);
        at += read;
    }

    private IllegalArgumentException no(String why) {
        return new IllegalArgumentException(why + ", at character " + (at + 1));
    }
}
