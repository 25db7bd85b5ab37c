package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.GitSmartHttpTools;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/git/<app>.git` by the smart HTTP protocol. Who may come in is decided before (by the access policy); the
/// principal is the pusher.
///
/// Errors that are known before the Git protocol begins are answered in plain text, which git shows to its
/// user.
final class AppGitServlet extends GitServlet {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(AppGitServlet.class);
    private static final String APP = AppGitServlet.class.getName() + ".app";
    private static final Pattern PATH =
            Pattern.compile("/(?<app>[^/]{1,80}?)(?:\\.git)?/(?<service>info/refs|git-upload-pack|git-receive-pack)");

    private final transient AppStore apps;
    private final transient Repositories repositories;

    AppGitServlet(AppStore apps, Repositories repositories, AppReceivePack.Services services) {
        this.apps = apps;
        this.repositories = repositories;
        setAsIsFileService(AsIsFileService.DISABLED);
        setRepositoryResolver((request, name) -> open(app(request)));
        setReceivePackFactory(
                (request, repository) -> new AppReceivePack(app(request), repository, pusher(request), services));
        setReceivePackErrorHandler((request, response, push) -> {
            try {
                push.receive();
            } catch (IOException e) {
                log.info("a push to {} broke off: {}", app(request).name(), e.toString());
            }
        });
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Matcher path = PATH.matcher(request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!path.matches()) {
            refuse(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "This is for Git. Repositories are at " + request.getServletPath() + "/<app>.git");
            return;
        }
        Optional<App> app = find(path.group("app"));
        if (app.isEmpty()) {
            refuse(
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is no app called \"" + path.group("app")
                            + "\". Create it in the dashboard first, or mend the name in the URL: git remote -v");
        } else if (isPush(request, path.group("service")) && app.get().source() instanceof Source.Watched watched) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    app.get().name() + " is built from " + watched.url()
                            + ": push there. What is here is only its mirror.");
        } else {
            request.setAttribute(APP, app.get());
            super.service(request, response);
        }
    }

    private Optional<App> find(String name) {
        try {
            return apps.find(new AppName(name));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }

    private static boolean isPush(HttpServletRequest request, String service) {
        return service.equals(GitSmartHttpTools.RECEIVE_PACK)
                || GitSmartHttpTools.RECEIVE_PACK.equals(request.getParameter("service"));
    }

    private static void refuse(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Repository open(App app) throws ServiceMayNotContinueException {
        try {
            return repositories.open(app);
        } catch (IOException e) {
            log.error("the repository of {} can't be opened", app.name(), e);
            throw new ServiceMayNotContinueException(
                    "the repository of " + app.name() + " can't be opened; the server's log says why", e);
        }
    }

    private static App app(HttpServletRequest request) {
        return (App) request.getAttribute(APP);
    }

    private static String pusher(HttpServletRequest request) {
        @Nullable Principal principal = request.getUserPrincipal();
        return principal == null ? "anonymous" : principal.getName();
    }
}
