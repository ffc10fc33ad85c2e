package dev.sallyport.contract;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call when a rule is asked: the request, the reply once there is one, and the verified claims of the
 * session token in it.
 */
public record Facts(
        @Nullable Document request,
        @Nullable Document reply,
        @Nullable Document token) {
    /** Which document a field stands in. */
    public enum Source {
        REQUEST,
        REPLY,
        TOKEN
    }

    /**
     * A field of one of the documents.
     *
     * @param shown how messages call it
     */
    public record Field(Source source, int slot, String shown) {
        /** Where in its document, as a JSON Pointer. */
        public String pointer() {
            return shown.substring(shown.indexOf(':') + 1);
        }

        /** The name of the member itself, unescaped. */
        public String name() {
            List<String> steps = Pointers.steps(pointer());
            return steps.get(steps.size() - 1);
        }
    }

    public static Facts of(@Nullable Document request) {
        return new Facts(request, null, null);
    }

    /** The field's value; missing as well if its document is not there. */
    Value value(Field field) {
        @Nullable
        Document document =
                switch (field.source()) {
                    case REQUEST -> request;
                    case REPLY -> reply;
                    case TOKEN -> token;
                };
        return document == null ? Value.MISSING : document.value(field.slot());
    }
}
