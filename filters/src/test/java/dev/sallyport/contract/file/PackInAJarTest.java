package dev.sallyport.contract.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in pack where the product is a jar, as it is for operators. */
final class PackInAJarTest {
    /** A reload is interrupted when its caller leaves, or when another gateway of the process stops. */
    @Test
    void a_reader_who_is_interrupted_takes_it_from_no_other(@TempDir Path folder) throws Exception {
        try (var product = new URLClassLoader(asJars(folder), ClassLoader.getPlatformClassLoader())) {
            Object pack = product.loadClass(PackFiles.class.getName())
                    .getMethod("of", String.class)
                    .invoke(null, "stytch");
            Thread.currentThread().interrupt();
            try {
                catalog(pack);
            } catch (InvocationTargetException interrupted) {
                assertThat(interrupted.getCause()).hasMessageContaining("cannot be read");
            } finally {
                Thread.interrupted();
            }

            assertThat(catalog(pack)).isEqualTo(PackFiles.of("stytch").read("catalog.yml"));
        }
    }

    @Test
    void only_what_lies_in_the_jar_of_the_product_is_of_its_build(@TempDir Path folder) throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("contracts/mine"));
        Files.writeString(other.resolve("contracts/mine/catalog.yml"), "description: mine");
        List<URL> path = new ArrayList<>(List.of(asJars(folder)));
        path.add(other.toUri().toURL());

        try (var product = new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            assertThat(isOfThisBuild(product, "stytch")).isEqualTo(true);
            assertThat(isOfThisBuild(product, "mine")).isEqualTo(false);
        }
    }

    @Test
    void a_copy_in_front_of_the_jar_is_of_no_build(@TempDir Path folder) throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("contracts/stytch"));
        Files.write(
                other.resolve("contracts/stytch/catalog.yml"),
                PackFiles.of("stytch").read("catalog.yml"));
        List<URL> path = new ArrayList<>(List.of(other.toUri().toURL()));
        path.addAll(List.of(asJars(folder)));

        try (var product = new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            assertThat(isOfThisBuild(product, "stytch")).isEqualTo(false);
        }
    }

    private static Object isOfThisBuild(ClassLoader product, String pack) throws ReflectiveOperationException {
        Class<?> files = product.loadClass(PackFiles.class.getName());
        return files.getMethod("areOfThisBuild")
                .invoke(files.getMethod("of", String.class).invoke(null, pack));
    }

    private static Object catalog(Object pack) throws ReflectiveOperationException {
        return pack.getClass().getMethod("read", String.class).invoke(pack, "catalog.yml");
    }

    /** What is on the class path, with jars in place of folders. */
    private static URL[] asJars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            Path jar = Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : path;
            jars.add(jar.toUri().toURL());
        }
        return jars.toArray(new URL[0]);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
