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
                fingerprint(pack);
            } catch (InvocationTargetException interrupted) {
                assertThat(interrupted.getCause()).hasMessageContaining("cannot be read");
            } finally {
                Thread.interrupted();
            }

            assertThat(fingerprint(pack)).isEqualTo(PackFiles.of("stytch").fingerprint());
        }
    }

    private static Object fingerprint(Object pack) throws ReflectiveOperationException {
        return pack.getClass().getMethod("fingerprint").invoke(pack);
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
