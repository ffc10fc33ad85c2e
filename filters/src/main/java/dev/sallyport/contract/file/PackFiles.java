package dev.sallyport.contract.file;

import dev.sallyport.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a contract pack: a folder, or one that is built into the product. Blocks: for starts and reloads only. */
public final class PackFiles {
    private final Path root;
    private final String name;
    private final boolean builtIn;
    private final boolean ofThisBuild;

    private PackFiles(Path root, String name, boolean builtIn, boolean ofThisBuild) {
        this.root = root;
        this.name = name;
        this.builtIn = builtIn;
        this.ofThisBuild = ofThisBuild;
    }

    /**
     * Opens a pack.
     *
     * @param pack the name of a built-in one, or a path to a folder with a {@code catalog.yml}
     */
    public static PackFiles of(String pack) {
        URL builtIn = PackFiles.class.getResource("/contracts/" + pack + "/catalog.yml");
        if (builtIn != null && !pack.contains("/")) {
            return new PackFiles(
                    pathOf(builtIn).resolveSibling("."), pack, true, isBeside(builtIn, "/contracts/" + pack));
        }
        Path folder = Path.of(pack);
        if (!Files.isRegularFile(folder.resolve("catalog.yml"))) {
            throw new PackProblem(pack, "", "is neither a built-in contract pack nor a folder with a catalog.yml");
        }
        return new PackFiles(folder, pack, false, false);
    }

    /** Whether a catalog is in the very jar that the settings' classes are from, and not elsewhere on the class path. */
    private static boolean isBeside(URL catalog, String folder) {
        String type = "/" + Settings.class.getName().replace('.', '/') + ".class";
        URL code = Settings.class.getResource(type);
        return code != null && catalog.toString().equals(code.toString().replace(type, folder + "/catalog.yml"));
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

    /** Whether the build that made this program made these files as well; its tests tried every example in them. */
    public boolean areOfThisBuild() {
        return ofThisBuild;
    }

    /** How messages call a file of this pack. */
    public String shown(String file) {
        return name + "/" + file;
    }

    public boolean has(String file) {
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

    /**
     * The content of a file.
     *
     * @param file relative to the pack, with forward slashes
     */
    public byte[] read(String file) {
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
    private byte[] content(Path file) throws IOException {
        if (!builtIn) {
            if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
                throw new FileSystemException(
                        file.toString(), null, "neither a file nor a folder"); // reading may never end
            }
            return Files.readAllBytes(file);
        }
        String resource = "/contracts/" + name + "/" + root.normalize().relativize(file.normalize());
        try (@Nullable InputStream content = PackFiles.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new NoSuchFileException(resource);
            }
            return content.readAllBytes();
        }
    }

    /** A hash over the names and contents of all files: another one if any of them is another, which none of this build's can be. */
    public String fingerprint() {
        if (ofThisBuild) {
            return "of this build: " + name;
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files()) {
                byte[] content = content(file);
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(Integer.BYTES + 1)
                        .putInt(1, content.length)
                        .array());
                digest.update(content);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing); // every Java platform has it
        } catch (IOException unreadable) {
            throw new PackProblem(name, unreadable);
        }
    }

    /** All files that may change: none of a built-in pack. */
    public List<Path> all() {
        try {
            return builtIn ? List.of() : files();
        } catch (IOException unreadable) {
            throw new PackProblem(name, unreadable);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isOfThePack(root.relativize(file)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw Objects.requireNonNull(unreadable.getCause());
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

    /** The JSON files of a folder, by name; none if there is no such folder. */
    public List<String> jsonFilesIn(String folder) {
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
