package dev.sallyport.tools.openapi.document;

import dev.sallyport.tools.openapi.document.Note.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects notes; what is met twice, in a request and in a reply, is noted once. */
public final class Notes {
    private final Set<Note> notes = new LinkedHashSet<>();

    public void leftOut(JsonCursor cursor, String what) {
        notes.add(new Note(Kind.LEFT_OUT, cursor.pointer(), what));
    }

    public void takenAs(JsonCursor cursor, String what) {
        notes.add(new Note(Kind.TAKEN_AS, cursor.pointer(), what));
    }

    public void asked(JsonCursor cursor, String what) {
        notes.add(new Note(Kind.ASKED, cursor.pointer(), what));
    }

    public void example(JsonCursor cursor, String what) {
        notes.add(new Note(Kind.EXAMPLE, cursor.pointer(), what));
    }

    public List<Note> all() {
        return List.copyOf(notes);
    }
}
