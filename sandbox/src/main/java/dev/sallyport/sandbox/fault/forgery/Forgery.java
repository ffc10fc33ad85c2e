package dev.sallyport.sandbox.fault.forgery;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One way to forge or damage a session token; several tables of them, by the part that they take hold of. */
public sealed interface Forgery permits HeaderForgery, KeyForgery, ClaimsForgery, NamesForgery, TextForgery {
    /** Returns the name of the constant. */
    String name();

    /** Returns what is done to the token, and how. */
    Recipe recipe();

    /** Returns what is done to the token, as one sentence. */
    default String sentence() {
        return recipe().sentence();
    }

    /** Returns the name in the header that asks for it. */
    default String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Says what is done to a token, as one sentence, and does it. */
    record Recipe(String sentence, Function<Forge, String> work) {}

    /** Returns every way that there is, in the order of the documentation. */
    static Stream<Forgery> all() {
        return Stream.of(
                        HeaderForgery.values(),
                        KeyForgery.values(),
                        ClaimsForgery.values(),
                        NamesForgery.values(),
                        TextForgery.values())
                .flatMap(Stream::of);
    }

    /** Returns the one that goes by this name in the header. */
    static Optional<Forgery> named(String name) {
        return all().filter(forgery -> forgery.wireName().equals(name)).findFirst();
    }
}
