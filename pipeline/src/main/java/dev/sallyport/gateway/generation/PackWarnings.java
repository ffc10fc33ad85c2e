package dev.sallyport.gateway.generation;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.keys.UnverifiedTokens;
import java.util.List;
import java.util.stream.Stream;

/** What an operator should know of a pack that is about to serve, although nothing is wrong with it. */
public final class PackWarnings {
    private PackWarnings() {}

    /** A line for each. */
    public static List<String> of(Settings settings, LoadedPack pack) {
        String name = settings.provider().pack();
        return Stream.concat(
                        UnverifiedTokens.words(settings, pack.catalog()).stream(),
                        pack.loosened().stream()
                                .map(difference -> "The contract pack " + name
                                        + " protects less than the one that it is laid over: " + difference.words()))
                .toList();
    }
}
