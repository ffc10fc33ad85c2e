package dev.sallyport.contract;

import dev.sallyport.contract.Facts.Field;
import dev.sallyport.contract.Facts.Source;
import java.util.List;
import java.util.Locale;

/** The fields that an operation's rules look at, in all three documents. Filled while the rules are compiled. */
record Fields(FieldList request, FieldList reply, FieldList token) {
    Fields() {
        this(new FieldList(), new FieldList(), new FieldList());
    }

    /** @param named such as {@code reply:/user/user_id} */
    Field field(String named) {
        int colon = named.indexOf(':');
        Source source = source(colon < 0 ? "" : named.substring(0, colon), named);
        String pointer = named.substring(colon + 1);
        return new Field(source, list(source).slot(pointer), named);
    }

    List<Field> all(List<String> named) {
        return named.stream().map(this::field).toList();
    }

    private FieldList list(Source source) {
        return switch (source) {
            case REQUEST -> request;
            case REPLY -> reply;
            case TOKEN -> token;
        };
    }

    private static Source source(String name, String named) {
        try {
            return Source.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "a field is written request:/…, reply:/… or token:/…, was " + named, unknown);
        }
    }
}
