package dev.sallyport.telemetry;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.json.MemberInjection;
import org.jspecify.annotations.Nullable;

/** Where the telemetry id of a call stands: in its body, or else in a header, from which it can be put into the body. */
public final class TelemetryIds {
    /** Ids are UUIDs today; what is much longer is no id. */
    private static final int LONGEST = 256;

    private final String header;
    private final @Nullable Field field;
    private final @Nullable MemberInjection injection;

    /**
     * For one operation.
     *
     * @param header the header that carries it
     * @param field where the body has it, a member of the root object; null if the operation takes none
     */
    public TelemetryIds(String header, @Nullable Field field) {
        this.header = header;
        this.field = field;
        this.injection = field == null ? null : new MemberInjection(field.name());
    }

    /** The id of a call: the body's, which is the one that the provider looks up, else the header's; null without one. */
    public @Nullable String in(ReadCall call) {
        Document document = call.document();
        if (field != null && document.isObject()) {
            Value own = document.value(field.slot());
            if (own.isPresent()) {
                return own.kind() == Kind.STRING && isId(own.text()) ? own.text() : null;
            }
        }
        return inHeader(call);
    }

    /** The call with the header's id in its body, where the body takes one and has none; else as it is. */
    public ReadCall carriedBy(ReadCall call) {
        if (injection == null || !lacksOne(call.document())) {
            return call;
        }
        @Nullable String id = inHeader(call);
        return id == null ? call : call.withBody(injection.into(call.body(), id));
    }

    private @Nullable String inHeader(ReadCall call) {
        @Nullable String id = call.headers().first(header);
        return id != null && isId(id) ? id : null;
    }

    /** Only an object can take a member; under a contract that is merely reported, a body may be something else. */
    private boolean lacksOne(Document document) {
        return field != null
                && document.isObject()
                && document.value(field.slot()).kind() == Kind.MISSING;
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return header;
    }
}
