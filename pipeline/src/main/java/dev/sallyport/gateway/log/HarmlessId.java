package dev.sallyport.gateway.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request id as others chose it: told only if it is short and of letters, digits, points, dashes and underscores. */
public final class HarmlessId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private HarmlessId() {}

    /** The id if it may be told, else null. */
    public static @Nullable String of(@Nullable String id) {
        return id != null && FORM.matcher(id).matches() ? id : null;
    }
}
