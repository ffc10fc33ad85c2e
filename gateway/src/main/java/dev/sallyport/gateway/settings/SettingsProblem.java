package dev.sallyport.gateway.settings;

/**
 * One thing wrong with the settings.
 *
 * @param key the full key
 * @param place file, line and column, or the source's name; empty if unknown
 * @param message what is wrong and what was expected
 */
public record SettingsProblem(String key, String place, String message) {
    @Override
    public String toString() {
        String start = place.isEmpty() ? "" : place + ": ";
        return start + key + ": " + message;
    }
}
