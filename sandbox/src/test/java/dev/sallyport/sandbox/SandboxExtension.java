package dev.sallyport.sandbox;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs one sandbox for the tests of a class. */
final class SandboxExtension implements BeforeAllCallback, AfterAllCallback {
    private final SandboxOptions options;
    private @Nullable Sandbox running;

    private SandboxExtension(SandboxOptions options) {
        this.options = options;
    }

    static SandboxExtension with(UnaryOperator<SandboxOptions> change) {
        return new SandboxExtension(change.apply(SandboxOptions.defaults()));
    }

    static SandboxExtension plain() {
        return with(UnaryOperator.identity());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = Sandbox.start(options);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        sandbox().close();
    }

    Sandbox sandbox() {
        return Objects.requireNonNull(running);
    }

    Client client() {
        return new Client(sandbox().baseUrl());
    }
}
