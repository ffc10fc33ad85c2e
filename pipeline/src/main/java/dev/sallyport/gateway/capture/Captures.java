package dev.sallyport.gateway.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.capture.CaptureEvents;
import dev.sallyport.capture.CaptureFilter;
import dev.sallyport.capture.CaptureLine;
import dev.sallyport.capture.CaptureSink;
import dev.sallyport.config.CaptureSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.file.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The filters that capture calls, if the settings ask for it, and the writer behind them. */
public final class Captures implements AutoCloseable {
    private static final String FILE = "sallyport.capture.file";

    private final Optional<CaptureSink> sink;
    private final Optional<CaptureWriter> writer;
    private final Set<String> projects;
    private final int percent;

    private Captures(Settings settings, Optional<CaptureSink> sink, Optional<CaptureWriter> writer) {
        this.sink = sink;
        this.writer = writer;
        this.projects =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        this.percent = settings.capture().share().value();
    }

    /** Opens the file and starts the thread; a file that cannot be written stops the start. */
    public static Captures started(Settings settings, CaptureEvents events) {
        Optional<CaptureWriter> writer = started(settings.capture(), events);
        return new Captures(settings, writer.map(CaptureSink.class::cast), writer);
    }

    /** Throws what {@link #started} would, as far as that can be told without a trace in the folder. */
    public static void check(CaptureSettings settings) {
        settings.file()
                .ifPresent(path -> CaptureFile.problem(Path.of(path)).ifPresent(why -> {
                    throw unwritable(path, why);
                }));
    }

    private static InvalidSetting unwritable(String path, String why) {
        return new InvalidSetting(FILE, "a file that can be written (" + why + ")", path);
    }

    /** Opens nothing and keeps nothing. */
    public static Captures previewed(Settings settings) {
        return new Captures(settings, settings.capture().file().map(file -> call -> {}), Optional.empty());
    }

    /** Notes an operation's calls as they come, and what became of them. */
    public Optional<Filter<Call>> calls(Contract contract) {
        return sink.map(taking -> new CaptureFilter(
                new CaptureLine(contract, projects),
                percent,
                taking,
                InstantSource.system(),
                () -> ThreadLocalRandom.current().nextDouble()));
    }

    static Optional<CaptureWriter> started(CaptureSettings settings, CaptureEvents events) {
        return settings.file().map(path -> {
            var file = new CaptureFile(
                    Path.of(path).toAbsolutePath(), settings.maxSize().bytes(), settings.files());
            try {
                file.open();
            } catch (IOException failure) {
                throw unwritable(path, FileFailure.words(failure));
            }
            return new CaptureWriter(file, settings.maxPending().bytes(), events).start();
        });
    }

    @Override
    public void close() {
        writer.ifPresent(CaptureWriter::close);
    }
}
