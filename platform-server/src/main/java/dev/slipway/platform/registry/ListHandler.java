package dev.slipway.platform.registry;

import dev.slipway.db.Json;
import dev.slipway.db.registry.Manifest;
import dev.slipway.db.registry.ManifestStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists: tags, referrers, repositories (distribution spec, "Content Discovery"). They read one item more than
/// asked for, to know whether to link on.
final class ListHandler {
    private static final int REFERRERS = 200;

    private final ManifestStore manifests;
    private final Repositories repositories;

    ListHandler(ManifestStore manifests, Repositories repositories) {
        this.manifests = manifests;
        this.repositories = repositories;
    }

    void tags(Route.Tags route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        repositories.require(route.repository());
        Page page = Page.of(Query.parse(request.getQueryString()));
        List<String> tags = manifests.tags(route.repository(), page.last(), page.size() + 1);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", route.repository().value());
        body.put("tags", linked(tags, page, "/v2/" + route.repository() + "/tags/list", response));
        write("application/json", body, response);
    }

    void catalog(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page page = Page.of(Query.parse(request.getQueryString()));
        List<String> names = manifests.repositories(page.last(), page.size() + 1);
        write("application/json", Map.of("repositories", linked(names, page, "/v2/_catalog", response)), response);
    }

    private static List<String> linked(List<String> items, Page page, String path, HttpServletResponse response) {
        if (items.size() <= page.size()) {
            return items;
        }
        List<String> shown = items.subList(0, page.size());
        if (!shown.isEmpty()) {
            response.setHeader("Link", Page.link(path, "n", String.valueOf(page.size()), "last", shown.getLast()));
        }
        return shown;
    }

    /// An empty list, too, is an answer: 404 would tell clients that there is no referrers API.
    void referrers(Route.Referrers route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.parse(request.getQueryString());
        Optional<String> type = query.get("artifactType");
        List<Manifest> found = manifests.referrers(
                route.repository(),
                route.subject(),
                type.orElse(null),
                query.get("last").orElse(""),
                REFERRERS + 1);
        List<Manifest> shown = found.subList(0, Math.min(found.size(), REFERRERS));
        if (found.size() > shown.size() || bytes(found) >= ManifestStore.REFERRERS_BYTES) {
            String path = "/v2/" + route.repository() + "/referrers/" + route.subject();
            response.setHeader(
                    "Link", Page.link(path, "last", shown.getLast().digest().value(), "artifactType", type.orElse("")));
        }
        type.ifPresent(filtered -> response.setHeader("OCI-Filters-Applied", "artifactType"));
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", ManifestDocument.OCI_INDEX);
        index.put("manifests", shown.stream().map(ListHandler::descriptor).toList());
        write(ManifestDocument.OCI_INDEX, index, response);
    }

    private static long bytes(List<Manifest> manifests) {
        return manifests.stream()
                .mapToLong(manifest -> manifest.content().length)
                .sum();
    }

    private static Map<String, Object> descriptor(Manifest manifest) {
        ManifestDocument document = ManifestDocument.parse(manifest.content(), manifest.mediaType());
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", manifest.mediaType());
        descriptor.put("digest", manifest.digest().value());
        descriptor.put("size", manifest.content().length);
        if (document.artifactType() != null) {
            descriptor.put("artifactType", document.artifactType());
        }
        if (!document.annotations().isEmpty()) {
            descriptor.put("annotations", document.annotations());
        }
        return descriptor;
    }

    private static void write(String type, Object body, HttpServletResponse response) throws IOException {
        byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
        response.setHeader("Content-Type", type);
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
