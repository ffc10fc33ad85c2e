package dev.sallyport.token.keys;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Key sets as they outlive a process: a versioned JSON text with public keys only.
 *
 * @param sets those that were good when they were written
 */
public record SavedKeys(List<Saved> sets) {
    private static final int VERSION = 1;

    /**
     * One issuer's keys.
     *
     * @param operation the operation that publishes them
     * @param address where they were fetched
     * @param since when
     * @param jwks a JWKS document
     */
    public record Saved(String project, String operation, String address, Instant since, String jwks) {}

    public SavedKeys {
        sets = List.copyOf(sets);
    }

    /** As JSON. */
    public String json() {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Saved saved : sets) {
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("project", saved.project());
            set.put("operation", saved.operation());
            set.put("address", saved.address());
            set.put("since", saved.since().toString());
            set.put("jwks", parsed(saved.jwks()));
            written.add(set);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", VERSION);
        root.put("sets", written);
        return JSONObjectUtils.toJSONString(root);
    }

    private static Map<String, Object> parsed(String jwks) {
        try {
            return JSONObjectUtils.parse(jwks);
        } catch (ParseException impossible) { // we wrote it
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws ParseException if it is anything else, without a word of what it is
     */
    public static SavedKeys parse(String json) throws ParseException {
        try {
            Map<String, Object> root = JSONObjectUtils.parse(json);
            if (JSONObjectUtils.getInt(root, "version") != VERSION) {
                throw new ParseException("not of version " + VERSION, 0);
            }
            @Nullable Map<String, Object>[] sets = JSONObjectUtils.getJSONObjectArray(root, "sets");
            if (sets == null) {
                throw new ParseException("without sets", 0);
            }
            List<Saved> saved = new ArrayList<>();
            for (@Nullable Map<String, Object> set : sets) {
                saved.add(saved(set));
            }
            return new SavedKeys(saved);
        } catch (DateTimeException | IllegalArgumentException | NullPointerException | ClassCastException broken) {
            throw new ParseException("not what was written", 0);
        }
    }

    private static Saved saved(@Nullable Map<String, Object> set) throws ParseException {
        if (set == null) {
            throw new ParseException("a set is missing", 0);
        }
        return new Saved(
                text(set, "project"),
                text(set, "operation"),
                text(set, "address"),
                Instant.parse(text(set, "since")),
                JSONObjectUtils.toJSONString(jwks(set)));
    }

    private static Map<String, Object> jwks(Map<String, Object> set) throws ParseException {
        @Nullable Map<String, Object> jwks = JSONObjectUtils.getJSONObject(set, "jwks");
        if (jwks == null) {
            throw new ParseException("jwks is missing", 0);
        }
        return jwks;
    }

    private static String text(Map<String, Object> set, String name) throws ParseException {
        @Nullable String text = JSONObjectUtils.getString(set, name);
        if (text == null) {
            throw new ParseException(name + " is missing", 0);
        }
        return text;
    }
}
