package dev.sallyport.contract.rule;

import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.Facts.Source;
import dev.sallyport.contract.schema.FieldList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that an operation's rules look at, in all four documents. Filled while the rules are compiled. */
public record Fields(FieldList request, FieldList requestToken, FieldList reply, FieldList token) {
    private static final Map<String, Source> DOCUMENTS = Map.of(
            "request", Source.REQUEST,
            "request-token", Source.REQUEST_TOKEN,
            "reply", Source.REPLY,
            "token", Source.TOKEN);
    private static final Map<String, Source> WITHOUT_POINTER =
            Map.of("reply:status", Source.STATUS, "request:project", Source.PROJECT);

    public Fields() {
        this(new FieldList(), new FieldList(), new FieldList(), new FieldList());
    }

    /**
     * The field of that name, with a slot for its value.
     *
     * @param named such as {@code reply:/user/user_id}
     */
    public Field field(String named) {
        @Nullable Source alone = WITHOUT_POINTER.get(named);
        if (alone != null) {
            return new Field(alone, 0, named);
        }
        int colon = named.indexOf(':');
        @Nullable Source source = DOCUMENTS.get(colon < 0 ? "" : named.substring(0, colon));
        if (source == null) {
            throw new IllegalArgumentException(
                    "a field is written request:/…, request-token:/…, reply:/… or token:/…, was " + named);
        }
        return new Field(source, list(source).slot(named.substring(colon + 1)), named);
    }

    List<Field> all(List<String> named) {
        return named.stream().map(this::field).toList();
    }

    private FieldList list(Source source) {
        return switch (source) {
            case REQUEST -> request;
            case REQUEST_TOKEN -> requestToken;
            case REPLY -> reply;
            case TOKEN -> token;
            case STATUS, PROJECT -> throw new IllegalArgumentException(source + " is no document");
        };
    }
}
