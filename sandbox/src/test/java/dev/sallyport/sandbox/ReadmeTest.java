package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.fault.Fault;
import dev.sallyport.sandbox.fault.JwksFault;
import dev.sallyport.sandbox.fault.LookupFault;
import dev.sallyport.sandbox.fault.forgery.Forgery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The module's README lists the faults with the very sentences that the code has for them. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @ParameterizedTest
    @EnumSource
    void every_fault_is_documented(Fault fault) throws IOException {
        assertThat(Files.readString(README)).contains("| `" + fault.wireName() + "` | " + fault.sentence() + " |");
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.sandbox.fault.forgery.Forgery#all")
    void every_forgery_is_documented(Forgery forgery) throws IOException {
        assertThat(Files.readString(README)).contains("| `" + forgery.wireName() + "` | " + forgery.sentence() + " |");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void every_fault_of_lookups_is_documented(LookupFault fault) throws IOException {
        assertThat(Files.readString(README)).contains("| `-" + fault.wireName() + "-` | " + fault.sentence() + " |");
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_of_the_keys_is_documented(JwksFault fault) throws IOException {
        assertThat(Files.readString(README)).contains("| `" + fault.wireName() + "` | " + fault.sentence() + " |");
    }
}
