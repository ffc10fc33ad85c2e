package dev.sallyport.contract.file;

import dev.sallyport.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of one pack alone, without those of a pack that it extends: a folder, or what is built into the product. */
final class PackSource {
    static final String CATALOG = "catalog.yml";
    private static final int LARGEST_MB = 16;

    private final Path root;
    private final String name;
    private final boolean builtIn;
    private final boolean ofThisBuild;

    private PackSource(Path root, String name, boolean builtIn, boolean ofThisBuild) {
        this.root = root;
        this.name = name;
        this.builtIn = builtIn;
        this.ofThisBuild = ofThisBuild;
    }

    /**
     * Opens one.
     *
     * @param pack the name of a built-in one, or a path to a folder with a {@code catalog.yml}
     * @param beside what a relative path begins at
     * @return null if there is none of that name
     */
    static @Nullable PackSource of(String pack, Path beside) {
        URL builtIn = PackSource.class.getResource("/contracts/" + pack + "/" + CATALOG);
        if (builtIn != null && !pack.contains("/")) {
            return new PackSource(
                    pathOf(builtIn).resolveSibling("."), pack, true, isBeside(builtIn, "/contracts/" + pack));
        }
        try {
            Path folder = beside.resolve(pack);
            String shown = folder.normalize().toString();
            return Files.isRegularFile(folder.resolve(CATALOG))
                    ? new PackSource(folder, beside.toString().isEmpty() ? pack : shown, false, false)
                    : null;
        } catch (InvalidPathException noName) {
            return null;
        }
    }

    /** Whether a catalog is in the very jar that the settings' classes are from, and not elsewhere on the class path. */
    private static boolean isBeside(URL catalog, String folder) {
        String type = "/" + Settings.class.getName().replace('.', '/') + ".class";
        URL code = Settings.class.getResource(type);
        return code != null && catalog.toString().equals(code.toString().replace(type, folder + "/" + CATALOG));
    }

    private static Path pathOf(URL resource) {
        try {
            URI uri = resource.toURI();
            if (uri.getScheme().equals("jar")) {
                openJar(uri);
            }
            return Path.of(uri);
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException("the built-in contract pack cannot be read", unreadable);
        }
    }

    /** A jar's file system stays open as long as the process: packs are read again when they are reloaded. */
    private static void openJar(URI uri) throws IOException {
        try {
            FileSystems.newFileSystem(uri, Map.of());
        } catch (FileSystemAlreadyExistsException open) {
            return;
        }
    }

    String name() {
        return name;
    }

    boolean isBuiltIn() {
        return builtIn;
    }

    boolean isOfThisBuild() {
        return ofThisBuild;
    }

    /** The folder, whose path tells it from all others. */
    Path folder() {
        try {
            return builtIn ? root : root.toRealPath();
        } catch (IOException unreadable) {
            throw new PackProblem(name, unreadable);
        }
    }

    /** Where the names of other packs in its catalog begin. */
    Path beside() {
        return root;
    }

    String shown(String file) {
        return name + "/" + file;
    }

    boolean has(String file) {
        return Files.isRegularFile(path(file));
    }

    /** A pack is what lies in its folder, links followed: its names lead nowhere else. */
    private Path path(String file) {
        try {
            Path inside = root.getFileSystem().getPath(file).normalize();
            if (!inside.isAbsolute() && !inside.startsWith("..")) {
                return root.resolve(inside);
            }
        } catch (InvalidPathException noName) {
            throw new PackProblem(shown(file), "", "is no name that a file could have");
        }
        throw new PackProblem(shown(file), "", "is not in this pack");
    }

    byte[] read(String file) {
        Path path = path(file).normalize();
        try {
            return content(path);
        } catch (IOException unreadable) {
            throw new PackProblem(shown(file), unreadable);
        }
    }

    /**
     * A built-in file is read by its class loader: the file system of a jar is one for the whole process, and a thread that is
     * interrupted while it reads from it, at the stop of a gateway or by a caller who leaves, would close it for all others.
     */
    byte[] content(Path file) throws IOException {
        if (!builtIn) {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isOther()) {
                throw new FileSystemException(
                        file.toString(), null, "neither a file nor a folder"); // reading may never end
            }
            if (attributes.size() > LARGEST_MB << 20) {
                throw new FileSystemException(file.toString(), null, "larger than " + LARGEST_MB + " MB");
            }
            return Files.readAllBytes(file);
        }
        String resource = "/contracts/" + name + "/" + relative(file);
        try (@Nullable InputStream content = PackSource.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new NoSuchFileException(resource);
            }
            return content.readAllBytes();
        }
    }

    /** How the pack calls a file of {@link #files}. */
    String relative(Path file) {
        return root.normalize().relativize(file.normalize()).toString().replace('\\', '/');
    }

    List<Path> files() {
        return entries(Files::isRegularFile);
    }

    /** What is called like a file and is none, such as a link that leads nowhere: a file that counts only if it is there. */
    List<Path> noFiles(String ending) {
        return entries(file -> file.toString().endsWith(ending) && !Files.isRegularFile(file));
    }

    private List<Path> entries(Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(wanted)
                    .filter(file -> isOfThePack(root.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PackProblem(name, unreadable);
        } catch (UncheckedIOException unreadable) {
            throw new PackProblem(name, Objects.requireNonNull(unreadable.getCause()));
        }
    }

    /**
     * What an editor lays beside a file while it is open or after it was saved is not, nor are the hidden folders in which
     * Kubernetes keeps the files that the visible names are links to.
     */
    private static boolean isOfThePack(Path relative) {
        for (Path step : relative) {
            String name = step.toString();
            if (name.startsWith(".") || name.startsWith("#") || name.endsWith("~")) {
                return false;
            }
        }
        return true;
    }

    List<String> jsonFilesIn(String folder) {
        Path path = path(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(Path::getFileName)
                    .filter(name -> isOfThePack(name) && name.toString().endsWith(".json"))
                    .map(name -> folder + "/" + name)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new PackProblem(shown(folder), unreadable);
        } catch (UncheckedIOException unreadable) {
            throw new PackProblem(shown(folder), Objects.requireNonNull(unreadable.getCause()));
        }
    }
}
