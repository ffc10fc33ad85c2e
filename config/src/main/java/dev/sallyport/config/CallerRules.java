package dev.sallyport.config;

import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.value.InvalidSetting;
import java.util.List;

/** What settings of callers must be together with others. */
final class CallerRules {
    private static final String MODE = "sallyport.provider.credentials";

    private CallerRules() {}

    static void check(ProviderSettings provider, CallersSettings callers, RateLimitSettings limits) {
        if (provider.replacesCredentials()) {
            replaced(provider, callers.list());
            requireOtherNames(callers.list(), limits.limits());
        } else {
            forwarded(callers, limits.limits());
        }
    }

    private static void forwarded(CallersSettings callers, List<LimitSettings> limits) {
        if (!callers.areNone()) {
            throw new InvalidSetting("sallyport.callers", "left out, unless " + MODE + " is replace", "there");
        }
        for (int index = 0; index < limits.size(); index++) {
            if (limits.get(index).key().equals(LimitKey.CALLER)) {
                throw new InvalidSetting(
                        "sallyport.rate-limits.limits[" + index + "].key",
                        "another one, unless " + MODE + " is replace: no caller is proven",
                        "caller");
            }
        }
    }

    private static void replaced(ProviderSettings provider, List<CallerSettings> callers) {
        if (callers.isEmpty()) {
            throw new InvalidSetting(CallersSettings.LIST, "there, because " + MODE + " is replace", "missing");
        }
        List<String> listed =
                provider.projects().stream().map(ProjectSettings::id).toList();
        for (int index = 0; index < callers.size(); index++) {
            for (String project : callers.get(index).projects()) {
                if (!project.equals(CallerSettings.ALL) && !listed.contains(project)) {
                    throw new InvalidSetting(
                            CallersSettings.LIST + "[" + index + "].projects",
                            "of sallyport.provider.projects, or " + CallerSettings.ALL,
                            project);
                }
            }
        }
    }

    /** Metrics and answers tell limits by their names. */
    private static void requireOtherNames(List<CallerSettings> callers, List<LimitSettings> limits) {
        for (int index = 0; index < callers.size(); index++) {
            CallerSettings caller = callers.get(index);
            for (var own : caller.limits()) {
                String name = caller.nameOf(own);
                if (limits.stream().anyMatch(limit -> limit.name().equals(name))) {
                    throw new InvalidSetting(
                            CallersSettings.LIST + "[" + index + "].limits",
                            "without a name of sallyport.rate-limits.limits",
                            name);
                }
            }
        }
    }
}
