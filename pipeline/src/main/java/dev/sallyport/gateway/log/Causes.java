package dev.sallyport.gateway.log;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong underneath, for the log: the classes of a chain of exceptions, and the messages of those that are known to
 * quote nothing but addresses from the settings. Any other message may hold what was being worked on.
 */
public final class Causes {
    private static final int MOST = 5;
    private static final int LONGEST = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Causes() {}

    /** Such as {@code AnnotatedConnectException: Connection refused: localhost/127.0.0.1:9410; ConnectException: …}. */
    public static String told(Throwable failure) {
        List<String> links = new ArrayList<>();
        @Nullable Throwable link = failure;
        while (link != null && links.size() < MOST) {
            links.add(one(link));
            link = link.getCause();
        }
        return String.join("; ", links);
    }

    /** The class without its package, with its message if that is harmless. */
    static String one(Throwable failure) {
        String name = failure.getClass().getName();
        String type = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        @Nullable String message = isHarmless(failure) ? failure.getMessage() : null;
        return message == null ? type : type + ": " + plain(message);
    }

    private static String plain(String message) {
        String line = CONTROL.matcher(message).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** What is no TLS record is quoted in hexadecimal digits. */
    private static boolean isHarmless(Throwable failure) {
        return !(failure instanceof NotSslRecordException)
                && (failure instanceof IOException
                        || failure instanceof GeneralSecurityException
                        || failure instanceof TimeoutException
                        || failure instanceof TooLongFrameException
                        || failure instanceof ChannelException
                        || failure.getClass().getName().startsWith("dev.sallyport."));
    }
}
