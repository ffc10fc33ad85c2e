package dev.sallyport.contract.openapi;

import dev.sallyport.contract.openapi.Note.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects notes; what is met twice, in a request and in a reply, is noted once. */
final class Notes {
    private final Set<Note> notes = new LinkedHashSet<>();

    void leftOut(Spot spot, String what) {
        notes.add(new Note(Kind.LEFT_OUT, spot.pointer(), what));
    }

    void takenAs(Spot spot, String what) {
        notes.add(new Note(Kind.TAKEN_AS, spot.pointer(), what));
    }

    void example(Spot spot, String what) {
        notes.add(new Note(Kind.EXAMPLE, spot.pointer(), what));
    }

    List<Note> all() {
        return List.copyOf(notes);
    }
}
