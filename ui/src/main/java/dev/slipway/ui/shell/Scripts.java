package dev.slipway.ui.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/// Puts the dashboard's scripts into the page under addresses that change with their content. (Files of a
/// reproducible jar all have the same date, so that a browser couldn't tell a new one from an old one
/// otherwise.)
@Component
class Scripts implements VaadinServiceInitListener {
    private static final long serialVersionUID = 1;
    private static final List<String> FILES = List.of(
            "ui/times.js",
            "ui/scheme.js",
            "ui/copy.js",
            "ui/ansi.js",
            "ui/log.js",
            "ui/output.js",
            "ui/charts.js",
            "ui/run.js",
            "ui/terminal.js",
            "ui/connection.js");

    private final List<String> addresses =
            FILES.stream().map(file -> file + "?v-c=" + hash(file)).toList();

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(this::add);
    }

    private void add(IndexHtmlResponse page) {
        addresses.forEach(address -> page.getDocument()
                .head()
                .appendElement("script")
                .attr("src", address)
                .attr("defer", true));
    }

    private static String hash(String file) {
        try (InputStream content = Scripts.class.getResourceAsStream("/META-INF/resources/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the script " + file + " isn't on the class path");
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.readAllBytes()), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
