package dev.sallyport.gateway.console.replay;

import dev.sallyport.capture.replay.RecordedCall;
import dev.sallyport.capture.replay.Replay;
import dev.sallyport.capture.replay.Replay.Finding;
import dev.sallyport.capture.replay.Replay.Verdict;
import dev.sallyport.capture.replay.UnreadableLine;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.console.replay.ReplayPage.Call;
import dev.sallyport.gateway.console.replay.ReplayPage.Calls;
import dev.sallyport.gateway.console.replay.ReplayPage.Chosen;
import dev.sallyport.gateway.console.replay.ReplayResult.Row;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Replays a captured call against the contract that serves, and against the same with one edited schema. Nothing is stored, counted or
 * sent on. Compiles a pack, which takes a second: one at a time. Thread-safe.
 */
public final class ReplayTrial {
    private static final String DEFINITIONS = "definitions";

    private final ConsoleSources.Contracts contracts;
    private final Semaphore compiling = new Semaphore(1);

    public ReplayTrial(ConsoleSources.Contracts contracts) {
        this.contracts = contracts;
    }

    /** The form, with an operation and a schema file chosen; the first of each if there are none such. */
    public ReplayPage form(String operation, String file) {
        Generation serving = contracts.serving().get();
        List<String> operations = serving.pack().catalog().contracts().stream()
                .map(contract -> contract.operation().id())
                .sorted()
                .toList();
        String chosen = operations.contains(operation) ? operation : operations.get(0);
        var captured = new CapturedCalls(serving.settings().capture().file());
        List<Call> calls = captured.latest(chosen).stream()
                .map(call -> new Call(call.key(), call.label()))
                .toList();
        String note = calls.isEmpty()
                ? captured.isOn()
                        ? "No call of this operation was captured lately."
                        : "No calls are captured: sallyport.capture.file is not set."
                : "";
        try {
            PackFiles files = files(serving);
            List<String> schemas = schemas(chosen, files);
            String shown =
                    schemas.contains(file) ? file : schemas.stream().findFirst().orElse("");
            String schema = shown.isEmpty() ? "" : new String(files.read(shown), StandardCharsets.UTF_8);
            return new ReplayPage(new Chosen(chosen, shown), operations, schemas, schema, new Calls(calls, note));
        } catch (PackProblem gone) {
            return new ReplayPage(new Chosen(chosen, ""), operations, List.of(), "", new Calls(calls, note));
        }
    }

    private static PackFiles files(Generation serving) {
        return PackFiles.of(serving.settings().provider().pack());
    }

    private static List<String> schemas(String operation, PackFiles files) {
        Stream<String> own = Stream.of(operation + "/request.schema.json", operation + "/reply.schema.json")
                .filter(files::has);
        Stream<String> shared = Stream.concat(Stream.of(files), files.below().stream())
                .flatMap(pack -> pack.jsonFilesIn(DEFINITIONS).stream())
                .filter(name -> name.endsWith(".schema.json"))
                .sorted()
                .distinct();
        return Stream.concat(own, shared).toList();
    }

    /** Tries it. */
    public ReplayResult replayed(Map<String, String> form) {
        Generation serving = contracts.serving().get();
        String pasted = form.getOrDefault("line", "").strip();
        Optional<String> line = pasted.isEmpty()
                ? new CapturedCalls(serving.settings().capture().file()).line(form.getOrDefault("call", ""))
                : Optional.of(pasted);
        if (line.isEmpty()) {
            return ReplayResult.problem("Choose a captured call, or paste a line of a capture.");
        }
        if (!compiling.tryAcquire()) {
            return ReplayResult.problem("Another schema is being tried. Try again in a moment.");
        }
        try {
            RecordedCall call = RecordedCall.of(line.get().getBytes(StandardCharsets.UTF_8));
            Verdict before = new Replay(serving.pack().catalog()).of(call);
            Verdict after = new Replay(edited(serving, form)).of(call);
            return new ReplayResult(List.of(), words(before), words(after), rows(before, after));
        } catch (UnreadableLine unreadable) {
            return ReplayResult.problem("The line " + unreadable.why() + ".");
        } catch (PackProblem wrong) {
            return ReplayResult.problem("The schema cannot be used: " + wrong.getMessage());
        } finally {
            compiling.release();
        }
    }

    private static ContractCatalog edited(Generation serving, Map<String, String> form) {
        PackFiles files = files(serving);
        String file = form.getOrDefault("file", "");
        if (!schemas(form.getOrDefault("operation", ""), files).contains(file)) {
            throw new PackProblem("the pack", "", "has no such schema");
        }
        byte[] schema = form.getOrDefault("schema", "").getBytes(StandardCharsets.UTF_8);
        return PackCompiler.compiled(
                files.trying(file, schema),
                new StrictJson(serving.settings().request().maxDepth()));
    }

    private static String words(Verdict verdict) {
        String open = verdict.undecided() == 0 ? "" : " Left open because of masking: " + verdict.undecided() + ".";
        return (verdict.isRefused() ? "Would be refused." : "Would pass.") + open;
    }

    private static List<Row> rows(Verdict before, Verdict after) {
        Set<Finding> all = new LinkedHashSet<>(before.findings());
        all.addAll(after.findings());
        return all.stream()
                .map(finding -> new Row(
                        finding.direction().name().toLowerCase(Locale.ROOT),
                        finding.keyword(),
                        finding.pointer(),
                        told(finding, before),
                        told(finding, after)))
                .toList();
    }

    private static String told(Finding finding, Verdict verdict) {
        if (!verdict.findings().contains(finding)) {
            return "none";
        }
        return finding.mode() == Mode.ENFORCE ? "refused" : "only counted";
    }
}
