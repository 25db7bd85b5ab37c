package dev.slipway.platform.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.util.HttpSupport;
import org.jspecify.annotations.Nullable;

/// One HTTP request of JGit's, sent by the client of its [RemoteSession].
///
/// What JGit sends when it fetches is small (what it wants and has), so it's kept until the answer is asked
/// for.
final class RemoteConnection implements HttpConnection {
    private final RemoteSession session;
    private final URL url;
    private final boolean origin;
    private final List<Map.Entry<String, String>> properties = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = HttpSupport.METHOD_GET;
    private @Nullable ClassicHttpResponse response;

    /// @param origin whether this goes to where the credentials are for
    RemoteConnection(RemoteSession session, URL url, boolean origin) {
        this.session = session;
        this.url = url;
        this.origin = origin;
    }

    private ClassicHttpResponse response() throws IOException {
        ClassicHttpResponse present = response;
        if (present != null) {
            return present;
        }
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(url.toString()));
        properties.forEach(property -> request.addHeader(property.getKey(), property.getValue()));
        if (HttpSupport.METHOD_POST.equals(method)) {
            request.setEntity(new ByteArrayEntity(body.toByteArray(), null));
        }
        try {
            ClassicHttpResponse answer =
                    session.client().executeOpen(RoutingSupport.determineHost(request), request, null);
            session.answered(answer.getCode());
            response = answer;
            requireSmart(answer);
            return answer;
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /// Without this JGit would go on with the dumb protocol, and read objects file by file without any limit on
    /// their size.
    private void requireSmart(ClassicHttpResponse answer) throws IOException {
        Header type = answer.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        String contentType = type == null ? "" : type.getValue();
        if (answer.getCode() == HTTP_OK && !contentType.startsWith("application/x-git-")) {
            throw new NotGitException(TerminalText.clean(contentType));
        }
    }

    @Override
    public void setRequestProperty(String name, String value) {
        if (origin || !name.equalsIgnoreCase(HttpHeaders.AUTHORIZATION)) {
            properties.add(Map.entry(name, value));
        }
    }

    @Override
    public void setRequestMethod(String method) {
        this.method = method;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public OutputStream getOutputStream() {
        return body;
    }

    @Override
    public void connect() throws IOException {
        response();
    }

    @Override
    public int getResponseCode() throws IOException {
        return response().getCode();
    }

    @Override
    public String getResponseMessage() throws IOException {
        String reason = response().getReasonPhrase();
        return reason == null ? "" : reason;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        HttpEntity entity = response().getEntity();
        return entity == null ? InputStream.nullInputStream() : session.limited(entity.getContent());
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (response != null) {
            for (Header header : response.getHeaders()) {
                fields.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                        .add(header.getValue());
            }
        }
        return fields;
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null
                ? List.of()
                : Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return getHeaderFields(name).stream().findFirst().orElse(null);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField(HttpHeaders.CONTENT_TYPE);
    }

    /// JGit takes it for a hint, and -1 for "not known".
    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    // Time limits, redirects and TLS are the session's and JGit can't change them.

    @Override
    public void setUseCaches(boolean useCaches) {}

    @Override
    public void setConnectTimeout(int millis) {}

    @Override
    public void setReadTimeout(int millis) {}

    @Override
    public void setInstanceFollowRedirects(boolean follow) {}

    @Override
    public void setDoOutput(boolean output) {}

    @Override
    public void setFixedLengthStreamingMode(int length) {}

    @Override
    public void setChunkedStreamingMode(int length) {}

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("certificates are always checked");
    }

    @Override
    public void configure(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, SecureRandom random) {
        throw new UnsupportedOperationException("certificates are always checked");
    }
}
