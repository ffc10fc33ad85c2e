package dev.sallyport.contract.file;

import dev.sallyport.call.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The files of a contract pack as they hold: those of its folder, or of one that is built into the product, laid over those of the
 * pack that it extends. Blocks: for starts and reloads only. Used by one thread.
 */
public final class PackFiles {
    private static final int MOST_LAYERS = 8;

    private final PackSource own;
    private final List<Path> above;
    private final Map<String, byte[]> tried;
    private @Nullable CatalogTree ownCatalog;
    private @Nullable PackFiles base;
    private boolean baseKnown;

    private PackFiles(PackSource own, List<Path> above, Map<String, byte[]> tried) {
        this.own = own;
        this.above = above;
        this.tried = tried;
    }

    /** The same with another content of a file that is there, to be tried: nothing is written. */
    public PackFiles trying(String file, byte[] content) {
        return new PackFiles(own, above, Map.of(file, content.clone()));
    }

    /**
     * Opens a pack.
     *
     * @param pack the name of a built-in one, or a path to a folder with a {@code catalog.yml}
     */
    public static PackFiles of(String pack) {
        @Nullable PackSource source = PackSource.of(pack, Path.of(""));
        if (source == null) {
            throw new PackProblem(pack, "", "is neither a built-in contract pack nor a folder with a catalog.yml");
        }
        return new PackFiles(source, List.of(), Map.of());
    }

    /** How messages call this pack. */
    public String name() {
        return own.name();
    }

    /** Whether the build that made this program made these files as well; its tests tried every example in them. */
    public boolean areOfThisBuild() {
        return own.isOfThisBuild() && tried.isEmpty();
    }

    /** The pack that this one extends; empty if it stands alone. */
    public Optional<PackFiles> base() {
        if (!baseKnown) {
            base = own.isBuiltIn() ? null : extended();
            baseKnown = true;
        }
        return Optional.ofNullable(base);
    }

    /** The packs below, from the one that this one extends to the one that stands alone. */
    public List<PackFiles> below() {
        return Stream.iterate(
                        base(),
                        Optional::isPresent,
                        below -> below.orElseThrow().base())
                .map(Optional::orElseThrow)
                .toList();
    }

    private @Nullable PackFiles extended() {
        CatalogTree catalog = ownCatalog();
        JsonNode named = catalog.root().path("extends");
        if (named.isMissingNode()) {
            return null;
        }
        @Nullable PackSource source = named.isString() ? PackSource.of(named.stringValue(), own.beside()) : null;
        if (source == null) {
            throw catalog.problem(
                    "/extends",
                    "must be a built-in contract pack, or a folder with a catalog.yml, seen from this one; was "
                            + named.asString("something else"));
        }
        List<Path> over = Stream.concat(above.stream(), Stream.of(own.folder())).toList();
        if (over.contains(source.folder())) {
            throw catalog.problem("/extends", "leads in a circle: to " + named.stringValue());
        }
        if (over.size() >= MOST_LAYERS) {
            throw catalog.problem("/extends", "would lay more than " + MOST_LAYERS + " packs over each other");
        }
        return new PackFiles(source, over, Map.of());
    }

    /** {@code catalog.yml}, laid over that of the pack that it extends. */
    public CatalogTree catalog() {
        CatalogTree alone = ownCatalog();
        return base().map(below -> new CatalogOverlay(below.name(), below.catalog(), alone).tree())
                .orElseGet(alone::standingAlone);
    }

    private CatalogTree ownCatalog() {
        @Nullable CatalogTree known = ownCatalog;
        if (known == null) {
            known = CatalogTree.read(own.read(PackSource.CATALOG), own.shown(PackSource.CATALOG));
            ownCatalog = known;
        }
        return known;
    }

    /** Throws a {@link PackProblem} about files that lie over nothing, or in the place of others without a word of it. */
    public void check() {
        if (own.isBuiltIn()) {
            return;
        }
        var found = new PackProblems();
        found.during(() -> base().ifPresent(PackFiles::check));
        List<String> replaced = replaced(found);
        own.noFiles(SchemaPatch.PATCH)
                .forEach(file -> found.add(new PackProblem(
                        own.shown(own.relative(file)), "", "is no file, or a link that leads to none")));
        own.files().stream()
                .map(own::relative)
                .filter(file -> file.endsWith(".json") && !file.contains("/examples/"))
                .forEach(file -> found.during(() -> check(file, replaced)));
        found.stopIfAny();
    }

    private void check(String file, List<String> replaced) {
        @Nullable PackFiles below = base().orElse(null);
        @Nullable String target = SchemaPatch.targetOf(file);
        if (target == null) {
            if (below != null && below.has(file) && !replaced.contains(file)) {
                throw new PackProblem(
                        own.shown(file),
                        "",
                        "is a file of " + below.name() + " as well; write what changes into "
                                + SchemaPatch.fileFor(file)
                                + ", or have this one stand in its place by listing it under replace");
            }
        } else if (below == null || !below.has(target)) {
            String why = below == null ? "this pack extends none" : below.name() + " has no " + target;
            throw new PackProblem(own.shown(file), "", "lies over nothing: " + why);
        } else if (own.has(target)) {
            throw new PackProblem(own.shown(file), "", "cannot stand beside " + target + ", which replaces the whole");
        } else {
            var unused = read(target);
        }
    }

    private List<String> replaced(PackProblems found) {
        List<String> replaced = new ArrayList<>();
        CatalogTree catalog = ownCatalog();
        catalog.texts("/replace").forEach((pointer, file) -> {
            boolean isThere =
                    own.has(file) && base().map(below -> below.has(file)).orElse(false);
            if (!isThere || file.equals(PackSource.CATALOG)) {
                found.add(
                        catalog.problem(pointer, "must be a schema of this folder and of the pack below, was " + file));
            }
            replaced.add(file);
        });
        return replaced;
    }

    /** How messages call a file of this pack: by where it lies. */
    public String shown(String file) {
        @Nullable PackFiles below = base().orElse(null);
        if (below == null || own.has(file) || !below.has(file)) {
            return own.shown(file);
        }
        String patch = SchemaPatch.fileFor(file);
        return own.has(patch) ? own.shown(patch) : below.shown(file);
    }

    public boolean has(String file) {
        return own.has(file) || base().map(below -> below.has(file)).orElse(false);
    }

    /**
     * The content of a schema or an example.
     *
     * @param file relative to the pack, with forward slashes
     */
    public byte[] read(String file) {
        byte @Nullable [] other = tried.get(file);
        if (other != null) {
            return other.clone();
        }
        @Nullable PackFiles below = base().orElse(null);
        if (below == null || own.has(file) || !below.has(file)) {
            return own.read(file);
        }
        String patch = SchemaPatch.fileFor(file);
        return own.has(patch)
                ? new SchemaPatch(own.read(patch), own.shown(patch)).over(below.read(file), below.shown(file))
                : below.read(file);
    }

    /**
     * A hash over the names and contents of all files, those of the pack that is extended included: another one if any of them is
     * another, which none of this build's can be.
     */
    public String fingerprint() {
        if (areOfThisBuild()) {
            return "of this build: " + name();
        }
        try {
            MessageDigest digest = Digests.sha256();
            for (Path file : own.files()) {
                byte[] content = own.content(file);
                digest.update(own.relative(file).getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(Integer.BYTES + 1)
                        .putInt(1, content.length)
                        .array());
                digest.update(content);
            }
            base().ifPresent(below -> digest.update(below.fingerprint().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new PackProblem(name(), unreadable);
        }
    }

    /** All files that may change, those of the pack that is extended included: none of a built-in one. */
    public List<Path> all() {
        if (own.isBuiltIn()) {
            return List.of();
        }
        List<Path> all = new ArrayList<>(own.files());
        try {
            base().ifPresent(below -> all.addAll(below.all()));
        } catch (PackProblem notNow) {
            return all; // which pack is extended cannot be told until a file of this one changes, or the folder is
            // there
        }
        return all;
    }

    /** The JSON files of a folder, by name; none if there is no such folder. Those of the pack that is extended are its own. */
    public List<String> jsonFilesIn(String folder) {
        return own.jsonFilesIn(folder);
    }

    /** All files of this pack's own folder, as it calls them. */
    public List<String> ownFiles() {
        return own.files().stream().map(own::relative).toList();
    }
}
