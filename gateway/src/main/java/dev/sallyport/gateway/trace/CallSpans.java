package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins the spans of calls. */
public interface CallSpans {
    /** The header field by which callers name the trace that a call belongs to (W3C Trace Context). */
    String PARENT = "traceparent";

    /** Nothing is traced. */
    CallSpans OFF = new CallSpans() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public CallSpan begin(CameIn call) {
            return CallSpan.NONE;
        }

        @Override
        public CallSpan request(String name) {
            return CallSpan.NONE;
        }
    };

    /**
     * What is told of a call when its head has come.
     *
     * @param route the path as the catalog writes it, or the name of the route
     * @param version of HTTP, such as 1.1
     * @param parent {@code traceparent} as the caller wrote it; null if it wrote none, or several
     * @param isTrusted whether its caller is trusted to name the trace that it belongs to
     */
    record CameIn(
            String method,
            String route,
            String version,
            @Nullable String parent,
            boolean isTrusted) {
        /** The one field by which a caller names a trace; null if it wrote none, or several. */
        public static @Nullable String parent(List<String> fields) {
            return fields.size() == 1 ? fields.get(0) : null;
        }

        @Override
        public String toString() {
            return method + " " + route;
        }
    }

    /** Whether anything is traced: else there is no need to say what came in. */
    boolean isOn();

    /** A call begins. */
    CallSpan begin(CameIn call);

    /** A request to another server begins that is no call's: a trace by itself. */
    CallSpan request(String name);
}
