package dev.sallyport.token;

import dev.sallyport.token.keys.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * Tokens: any text, a header that was signed, or claims that were. The first byte says which. No text passes that was not signed, and
 * of a signed one only with the header and the form of the claims that are asked for.
 */
public final class TokenFuzz {
    private static final TokenTrial TRIAL = trial();

    private TokenFuzz() {}

    private static TokenTrial trial() {
        try {
            return TokenTrial.in(Files.createTempDirectory("token-fuzz"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        switch (data[0]) {
            case 'h' -> TRIAL.verdict(Keys.token(text(rest), TokenTexts.q(TokenTexts.CLAIMS), Keys.GOOD));
            case 'c' -> TRIAL.verdict(Keys.token(TokenTexts.q(TokenTexts.HEADER), text(rest), Keys.GOOD));
            default -> {
                if (TRIAL.verdict(new String(rest, StandardCharsets.ISO_8859_1)) instanceof TokenVerdict.Verified) {
                    throw new AssertionError("a token passed that was not signed");
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
