package dev.sallyport.gateway.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.gateway.console.settings.SettingsList.Setting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsListTest {
    @Test
    void a_secret_is_told_to_be_there_and_no_more() {
        var store = new StoreSettings(
                Optional.of(StoreUrl.parse("rediss://ada:s3cr3t@store.internal:6380/2")),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(1500));

        assertThat(SettingsList.of("store", store))
                .contains(new Setting("store.timeout", "1500ms"), new Setting("store.password-file", "none"))
                .noneMatch(setting ->
                        setting.value().contains("s3cr3t") || setting.value().contains("ada"))
                .anyMatch(setting ->
                        setting.key().equals("store.url") && setting.value().contains("store.internal"));
    }
}
