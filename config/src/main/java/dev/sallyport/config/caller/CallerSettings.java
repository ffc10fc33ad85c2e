package dev.sallyport.config.caller;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One caller: how it proves who it is, any one of these being enough, and what it may call. What is not said is not permitted.
 *
 * @param name in metrics and limits; known to its owner, and no secret
 * @param keys hashes of its API keys, at most two
 * @param certificates names of its client certificates
 * @param subjects what the company's tokens call it
 * @param operations ids of operations, {@code *} for all of the contract pack, {@code other} for calls that no contract knows
 * @param projects ids of projects, or {@code *} for all that are listed
 * @param organizations ids of the organizations that its calls may name, or {@code *} for any and none
 * @param limits its own, beside those of all; default none
 */
public record CallerSettings(
        String name,
        List<KeyHash> keys,
        List<CertificateName> certificates,
        List<String> subjects,
        List<String> operations,
        List<String> projects,
        List<String> organizations,
        List<CallerLimitSettings> limits) {
    /** In place of a list: everything. */
    public static final String ALL = "*";

    private static final String KEY = "sallyport.callers.list[].";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final int MOST_KEYS = 2;

    public CallerSettings {
        String form = "1 to 63 of a-z, 0-9, dot, dash and underscore";
        name = Require.present(KEY + "name", name, form);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSetting(KEY + "name", form, name);
        }
        keys = Require.copy(keys);
        certificates = Require.copy(certificates);
        subjects = Require.copy(subjects);
        if (keys.size() > MOST_KEYS) {
            throw new InvalidSetting(KEY + "keys", "one hash, or two while a key is replaced", keys.size() + " hashes");
        }
        if (keys.isEmpty() && certificates.isEmpty() && subjects.isEmpty()) {
            throw new InvalidSetting(
                    KEY + "keys",
                    "there, unless there are certificates or subjects: a caller proves who it is",
                    "missing");
        }
        operations = permitted("operations", "ids of operations", operations);
        projects = permitted("projects", "ids of projects", projects);
        organizations = permitted("organizations", "ids of organizations", organizations);
        limits = Require.copy(limits);
        requireDistinct(limits);
    }

    /** What one of its limits is called where those of all callers are told apart. */
    public String nameOf(CallerLimitSettings limit) {
        return name + "/" + limit.name();
    }

    private static List<String> permitted(String name, String what, List<String> given) {
        List<String> list = Require.copy(given);
        String expected = what + ", or " + ALL + " for all";
        if (list.isEmpty()) {
            throw new InvalidSetting(KEY + name, expected, "missing");
        }
        if (list.contains(ALL) && list.size() > 1 && !isOther(name, list)) {
            throw new InvalidSetting(KEY + name, expected, "both");
        }
        return list;
    }

    /** Of operations, {@code *} stands for those of the pack alone. */
    private static boolean isOther(String name, List<String> list) {
        return name.equals("operations") && list.size() == 2 && list.contains("other");
    }

    private static void requireDistinct(List<CallerLimitSettings> limits) {
        var names = new HashSet<String>();
        limits.forEach(limit -> {
            if (!names.add(limit.name())) {
                throw new InvalidSetting(KEY + "limits", "a list without duplicate names", limit.name() + " twice");
            }
        });
    }
}
