package dev.sallyport.tools.openapi.pack;

import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.openapi.document.DocumentProblem;
import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.document.Note.Kind;
import dev.sallyport.tools.openapi.pack.PackDraft.Candidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a drafted pack into a folder. All of it is first written, compiled and tried beside that folder, so that the folder
 * gets a pack that loads or stays as it was.
 */
public final class NewPack {
    private static final int DEPTH = 100;

    private final Path folder;
    private final StrictJson json = new StrictJson(DEPTH);

    /** A pack for a folder, which need not be there yet. */
    public NewPack(Path folder) {
        this.folder = folder;
    }

    /**
     * What came of it.
     *
     * @param examples how many examples of the document its own contracts accept
     * @param notes those of the draft, and one for each example that was not taken
     */
    public record Outcome(int examples, List<Note> notes) {
        public Outcome {
            notes = List.copyOf(notes);
        }
    }

    /** Whether something stands there that a pack would be written over. */
    public static boolean wouldOverwrite(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /** Writes the pack over what is there; files of other names stay. */
    public Outcome write(PackDraft draft) throws IOException {
        Path trial = Files.createTempDirectory("sallyport-pack-");
        try {
            Outcome outcome = tried(draft, trial);
            removeEarlierExamples(draft);
            Files.walkFileTree(trial, new Copy(trial, folder));
            return outcome;
        } finally {
            remove(trial);
        }
    }

    /** Removes a folder and all that is in it, if it is there. */
    public static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new Removal());
        }
    }

    private Outcome tried(PackDraft draft, Path trial) throws IOException {
        put(trial, "catalog.yml", PackText.catalog(draft));
        for (var schema : draft.schemas().entrySet()) {
            put(trial, schema.getKey(), PackText.json(schema.getValue()));
        }
        var examples = new ExampleTrial(loaded(trial));
        List<Note> notes = new ArrayList<>(draft.notes());
        int accepted = 0;
        for (Candidate candidate : draft.candidates()) {
            Optional<String> refusal = examples.refusal(candidate);
            if (refusal.isEmpty()) {
                put(trial, PackText.exampleFile(candidate), PackText.example(candidate));
                accepted++;
            } else {
                notes.add(new Note(Kind.EXAMPLE, candidate.pointer(), "its own contract refuses it: " + refusal.get()));
            }
        }
        put(trial, "NOTES.md", PackText.notes(draft, notes));
        loaded(trial);
        return new Outcome(accepted, notes);
    }

    private ContractCatalog loaded(Path trial) {
        try {
            return PackCompiler.load(PackFiles.of(trial.toString()), json);
        } catch (PackProblem problem) {
            String message = String.valueOf(problem.getMessage()).replace(trial + "/", "");
            throw new DocumentProblem("the pack made of this document", "", message);
        }
    }

    private static void put(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text, StandardCharsets.UTF_8);
    }

    /** An earlier import's, of an earlier document. */
    private void removeEarlierExamples(PackDraft draft) throws IOException {
        for (var operation : draft.operations()) {
            Path examples = folder.resolve(operation.id()).resolve("examples").resolve("accepted");
            if (Files.isDirectory(examples)) {
                try (var earlier = Files.newDirectoryStream(examples, "document-{request,reply}*.json")) {
                    for (Path file : earlier) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Copies a tree over another. */
    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(to.resolve(from.relativize(found)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) throws IOException {
            Files.copy(found, to.resolve(from.relativize(found)), StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
        }
    }

    /** Removes a tree. */
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) throws IOException {
            Files.delete(found);
            return FileVisitResult.CONTINUE;
        }

        @Override
        @SuppressWarnings("NullAway") // as the superclass has it
        public FileVisitResult postVisitDirectory(Path found, IOException failure) throws IOException {
            Files.delete(found);
            return FileVisitResult.CONTINUE;
        }
    }
}
