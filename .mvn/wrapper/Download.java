import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// `java Download.java URL FILE`, for machines with a JDK but neither curl nor wget.
void main(String[] arguments) throws Exception {
    try (InputStream in = URI.create(arguments[0]).toURL().openStream()) {
        Files.copy(in, Path.of(arguments[1]), StandardCopyOption.REPLACE_EXISTING);
    }
}
