package dev.sallyport.gateway;

import dev.sallyport.caller.ApiKey;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Secret;
import dev.sallyport.gateway.settings.bind.OwnSettings;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** API keys by which callers prove who they are. */
@Command(
        name = "key",
        description = "Makes API keys for callers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = KeyCommand.New.class,
        mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return 2;
    }

    /** Prints a new key, which is kept nowhere. */
    @Command(
            name = "new",
            description =
                    "Makes an API key and prints it, this once, with the hash that the settings hold in its place."
                            + " Hashed with the first of sallyport.callers.hash-keys; nothing else of the settings is read.",
            mixinStandardHelpOptions = true)
    static final class New implements Callable<Integer> {
        private static final Bindable<List<String>> TEXTS = Bindable.listOf(String.class);

        @CommandLine.Mixin
        private Cli.SettingsOptions settings = new Cli.SettingsOptions();

        @Override
        public Integer call() {
            byte[] hashKey = OfflineSettings.unchecked(settings.arguments(), New::hashKey);
            ApiKey key = ApiKey.random(new SecureRandom());
            System.out.println("key:  " + key.reveal());
            System.out.println("hash: " + key.setting(hashKey));
            return 0;
        }

        private static byte[] hashKey(ConfigurableEnvironment environment) {
            var own = new OwnSettings(environment);
            return own.placing(() -> {
                List<String> keys = own.binder(ApplicationConversionService.getSharedInstance())
                        .bind(CallersSettings.HASH_KEYS, TEXTS)
                        .orElse(List.of());
                if (keys.isEmpty()) {
                    throw new InvalidSetting(
                            CallersSettings.HASH_KEYS,
                            "the base64 of 32 bytes, as openssl rand -base64 32 prints",
                            "missing");
                }
                return CallersSettings.bytes(Secret.of(keys.get(0)));
            });
        }
    }
}
