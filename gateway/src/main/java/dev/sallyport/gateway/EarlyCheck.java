package dev.sallyport.gateway;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.management.login.BearerTokens;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.gateway.tls.ClientCertificates;
import dev.sallyport.gateway.tls.TlsCheck;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Reads the settings as soon as there are any, and before Spring reads its own: the levels of logging come next. */
final class EarlyCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        var reader = new SettingsReader(prepared.getEnvironment());
        Settings settings = reader.read();
        reader.placing(() -> {
            TlsCheck.of(prepared.getEnvironment(), settings);
            ClientCertificates.check(prepared.getEnvironment(), settings);
            BearerTokens.check(settings);
            ClientCertificates.checkConsole(prepared.getEnvironment(), settings);
            return settings;
        });
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }
}
