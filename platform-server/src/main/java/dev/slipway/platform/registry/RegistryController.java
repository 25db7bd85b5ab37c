package dev.slipway.platform.registry;

import dev.slipway.db.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.RequestMapping;

/// The way into the registry: finds the handler for a path and method, and writes what they refuse as the
/// spec's error JSON.
@Controller
final class RegistryController {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryController.class);

    private final BlobHandler blobs;
    private final UploadHandler uploads;
    private final ManifestHandler manifests;
    private final ListHandler lists;

    RegistryController(BlobHandler blobs, UploadHandler uploads, ManifestHandler manifests, ListHandler lists) {
        this.blobs = blobs;
        this.uploads = uploads;
        this.manifests = manifests;
        this.lists = lists;
    }

    @RequestMapping({"/v2", "/v2/**"})
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Docker-Distribution-Api-Version", "registry/2.0");
        try {
            dispatch(Route.parse(path(request)), request, response);
        } catch (RegistryException refused) {
            write(refused, request, response);
        } catch (DataAccessException | TransactionException database) {
            String sentence = "The registry's database doesn't answer. Try again in a moment.";
            write(new RegistryException(ErrorCode.UNAVAILABLE, sentence, database), request, response);
        }
    }

    private static String path(HttpServletRequest request) {
        String behindPrefix =
                request.getRequestURI().substring(request.getContextPath().length() + "/v2".length());
        try {
            return behindPrefix.indexOf('%') < 0
                    ? behindPrefix
                    : URLDecoder.decode(behindPrefix.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new RegistryException(ErrorCode.NAME_INVALID, "The path isn't well percent-encoded.");
        }
    }

    private void dispatch(Route route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (route) {
            case Route.Base base -> {
                requireGet(request);
                base(response);
            }
            case Route.Catalog catalog -> {
                requireGet(request);
                lists.catalog(request, response);
            }
            case Route.Tags tags -> {
                requireGet(request);
                lists.tags(tags, request, response);
            }
            case Route.Referrers referrers -> {
                requireGet(request);
                lists.referrers(referrers, request, response);
            }
            case Route.Blob blob -> blob(blob, request, response);
            case Route.NewUpload upload -> {
                require(request, "POST");
                uploads.post(upload.repository(), request, response);
            }
            case Route.OpenUpload upload -> upload(upload, request, response);
            case Route.Manifest manifest -> manifest(manifest, request, response);
        }
    }

    private void blob(Route.Blob blob, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "HEAD" -> blobs.head(blob, request, response);
            case "GET" -> blobs.get(blob, request, response);
            case "DELETE" -> blobs.delete(blob, response);
            default -> require(request, "GET, HEAD, DELETE");
        }
    }

    private void upload(Route.OpenUpload upload, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (request.getMethod()) {
            case "GET" -> uploads.get(upload, response);
            case "PATCH" -> uploads.patch(upload, request, response);
            case "PUT" -> uploads.put(upload, request, response);
            case "DELETE" -> uploads.delete(upload, response);
            default -> require(request, "GET, PATCH, PUT, DELETE");
        }
    }

    private void manifest(Route.Manifest manifest, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (request.getMethod()) {
            case "HEAD" -> manifests.head(manifest, request, response);
            case "GET" -> manifests.get(manifest, request, response);
            case "PUT" -> manifests.put(manifest, request, response);
            case "DELETE" -> manifests.delete(manifest, response);
            default -> require(request, "GET, HEAD, PUT, DELETE");
        }
    }

    /// The container leaves out the body of an answer to HEAD.
    private static void requireGet(HttpServletRequest request) {
        if (!request.getMethod().equals("HEAD")) {
            require(request, "GET");
        }
    }

    private static void require(HttpServletRequest request, String allowed) {
        if (!allowed.equals(request.getMethod())) {
            throw new RegistryException(
                    ErrorCode.UNSUPPORTED,
                    ErrorCode.UNSUPPORTED.status(),
                    "This path takes " + allowed + ".",
                    Map.of("Allow", allowed));
        }
    }

    private static void base(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Type", "application/json");
        response.setContentLength(2);
        response.getOutputStream().write(new byte[] {'{', '}'});
    }

    private static void write(RegistryException refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (refused.status() >= 500) {
            LOG.warn(
                    "{} {}: {} {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    refused.status(),
                    refused.sentence(),
                    refused.getCause());
        }
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(refused.status());
        refused.headers().forEach(response::setHeader);
        byte[] body = Json.write(new Body(List.of(new Item(refused.code().name(), refused.sentence()))))
                .getBytes(StandardCharsets.UTF_8);
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private record Body(List<Item> errors) {}

    private record Item(String code, String message) {}
}
