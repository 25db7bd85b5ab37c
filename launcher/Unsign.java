import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// `java Unsign.java DIRECTORY`: takes the signatures off the jars below. A JVM keeps a signed jar's digests (a
/// megabyte or ten) in memory, and its classes out of AOT caches. Maven has checked what it downloaded.
void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
        jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
        if (signed(jar)) {
            Path draft = jar.resolveSibling(jar.getFileName() + ".new");
            copyUnsigned(jar, draft);
            Files.setLastModifiedTime(draft, Files.getLastModifiedTime(jar));
            Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

boolean signed(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
        return file.stream().anyMatch(entry -> isSignature(entry.getName()));
    }
}

boolean isSignature(String name) {
    return name.toUpperCase(Locale.ROOT).matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
}

void copyUnsigned(Path jar, Path target) throws IOException {
    try (JarFile from = new JarFile(jar.toFile(), false);
            ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
        for (ZipEntry entry : from.stream().toList()) {
            if (isSignature(entry.getName())) {
                continue;
            }
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setTime(entry.getTime());
            to.putNextEntry(copy);
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                withoutDigests(from.getManifest()).write(to);
            } else {
                try (InputStream content = from.getInputStream(entry)) {
                    content.transferTo(to);
                }
            }
            to.closeEntry();
        }
    }
}

Manifest withoutDigests(Manifest manifest) {
    Manifest result = new Manifest(manifest);
    for (Attributes attributes : result.getEntries().values()) {
        attributes.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
    }
    result.getEntries().values().removeIf(Attributes::isEmpty);
    return result;
}
