package dev.sallyport.gateway.generation;

import dev.sallyport.config.Settings;

/** Makes the generation that comes after another one. */
@FunctionalInterface
public interface GenerationFactory {
    /**
     * Makes the next generation of settings and a pack.
     *
     * @throws RuntimeException if anything is wrong with them; then nothing that the one at work has a part in has changed
     */
    Generation after(Generation had, Settings settings, LoadedPack pack);
}
