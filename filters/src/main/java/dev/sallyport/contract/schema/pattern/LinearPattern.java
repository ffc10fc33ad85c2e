package dev.sallyport.contract.schema.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;

/**
 * A schema's regular expression, matched in time that is in proportion to the text's length and to its own: RE2 never tries
 * again from where it has been. Its own is bounded here, the sum over all texts of a document by {@link BoundedInput}.
 */
public final class LinearPattern implements RegularExpression {
    private static final int LONGEST = 1000;
    private static final int MOST_STEPS = 1000;

    private final Pattern pattern;

    /** Compiles it, or says in an {@link IllegalArgumentException} why it is refused. */
    public LinearPattern(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        try {
            this.pattern = Pattern.compile(EcmaPattern.asRe2(text));
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("cannot be read: " + wrong.getDescription(), wrong);
        }
        if (pattern.programSize() > MOST_STEPS) {
            throw new IllegalArgumentException("takes more than " + MOST_STEPS + " steps for each character");
        }
    }

    /** Whether a pack may have this pattern. */
    public static boolean isTaken(String text) {
        try {
            var unused = new LinearPattern(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Override
    public boolean matches(String value) {
        BoundedInput.take(value.length(), pattern.programSize());
        return pattern.matcher(value).find();
    }
}
