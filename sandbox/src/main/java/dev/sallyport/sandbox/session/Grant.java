package dev.sallyport.sandbox.session;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a session shall be made of. */
public record Grant(String projectId, Subject subject, int minutes, List<Factor> factors, ObjectNode customClaims) {
    public Grant {
        factors = List.copyOf(factors);
    }

    /** Returns one name for all grants between whose sessions only ids and times differ. */
    String kind() {
        String types = factors.stream().map(Factor::type).collect(Collectors.joining(","));
        return String.join("|", projectId, subject.id(), String.valueOf(minutes), types);
    }

    @Override
    public String toString() {
        return "Grant[" + kind() + "]";
    }
}
