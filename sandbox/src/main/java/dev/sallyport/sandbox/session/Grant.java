package dev.sallyport.sandbox.session;

import dev.sallyport.sandbox.reply.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a session shall be made of. The claims asked for are those of a new session: what cannot be a claim is left out. */
public record Grant(String projectId, Subject subject, int minutes, List<Factor> factors, ObjectNode customClaims) {
    public Grant {
        factors = List.copyOf(factors);
        customClaims = SessionClaims.merged(Json.object(), customClaims);
    }

    Grant with(List<Factor> otherFactors, ObjectNode otherClaims) {
        return new Grant(projectId, subject, minutes, otherFactors, otherClaims);
    }

    Grant lasting(int otherMinutes) {
        return new Grant(projectId, subject, otherMinutes, factors, customClaims);
    }

    /** Returns one name for all grants between whose sessions only ids and times differ. It tells the custom claims. */
    String kind() {
        String types = factors.stream().map(Factor::type).collect(Collectors.joining(","));
        return String.join("|", projectId, subject.id(), String.valueOf(minutes), types, customClaims.toString());
    }

    @Override
    public String toString() {
        return "Grant[" + subject.id() + "]";
    }
}
