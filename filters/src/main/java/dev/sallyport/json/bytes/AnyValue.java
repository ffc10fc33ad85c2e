package dev.sallyport.json.bytes;

/** Passes over values of which nothing is asked but that they are strict JSON, with no name twice in one object. */
public final class AnyValue {
    private final byte[] body;
    private final int mostDepth;
    private final NamesSoFar names;

    /**
     * For a document.
     *
     * @param mostDepth how deep objects and arrays may nest
     * @param names those of the objects around
     */
    public AnyValue(byte[] body, int mostDepth, NamesSoFar names) {
        this.body = body;
        this.mostDepth = mostDepth;
        this.names = names;
    }

    /**
     * Where the value ends that begins here.
     *
     * @param depth of the objects and arrays around it
     */
    public int end(int at, int depth) {
        return switch (JsonBytes.at(body, at)) {
            case '"' -> JsonBytes.unsigned(JsonBytes.stringEnd(body, at)) + 1;
            case '{' -> object(at, depth + 1);
            case '[' -> array(at, depth + 1);
            case 't' -> JsonBytes.wordEnd(body, at, "true");
            case 'f' -> JsonBytes.wordEnd(body, at, "false");
            case 'n' -> JsonBytes.wordEnd(body, at, "null");
            default -> JsonBytes.unsigned(JsonBytes.numberEnd(body, at));
        };
    }

    private int object(int from, int depth) {
        int mark = names.mark();
        int at = enter(from, '}', depth);
        while (at > 0) {
            int nameEnd = JsonBytes.nameEnd(body, at);
            names.add(mark, at + 1, nameEnd);
            at = JsonBytes.more(body, end(JsonBytes.afterColon(body, nameEnd), depth), '}');
        }
        names.release(mark);
        return -at;
    }

    private int array(int from, int depth) {
        int at = enter(from, ']', depth);
        while (at > 0) {
            at = JsonBytes.more(body, end(at, depth), ']');
        }
        return -at;
    }

    /**
     * Where the first member or item begins of an object or array that begins here; if there is none, less than 0: the place behind
     * it with its sign turned.
     *
     * @param depth counting this one
     */
    public int enter(int at, char close, int depth) {
        if (depth > mostDepth) {
            throw new InDoubt();
        }
        int first = JsonBytes.next(body, at + 1);
        return JsonBytes.at(body, first) == close ? -(first + 1) : first;
    }
}
