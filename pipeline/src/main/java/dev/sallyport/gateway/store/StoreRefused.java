package dev.sallyport.gateway.store;

import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The store refused a connection, such as for its password. Has the server's error code alone, and not what it says beside it. */
final class StoreRefused extends IOException {
    private static final long serialVersionUID = 1L;

    /** {@code WRONGPASS}, {@code NOAUTH}, {@code NOPERM}; plain {@code ERR} before version 6. */
    private static final Pattern CODE = Pattern.compile("^([A-Z]{2,20}) ");

    private StoreRefused(String code) {
        super("the server answered " + code);
    }

    /** What a failure to connect is told as: itself, unless the server answered with an error. */
    static Throwable of(Throwable failure) {
        for (@Nullable Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof RedisCommandExecutionException) {
                Matcher code = CODE.matcher(String.valueOf(link.getMessage()));
                return code.find() ? new StoreRefused(code.group(1)) : failure;
            }
        }
        return failure;
    }
}
