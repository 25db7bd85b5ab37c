package dev.slipway.platform.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/// The dashboard's sessions. They last 12 hours after a log-in; before it a few minutes, and there are at most
/// 500 of those, because everybody can begin one.
@Component
class Sessions implements HttpSessionListener, HttpSessionIdListener, SessionAuthenticationStrategy {
    private static final int NOBODYS_LIMIT = 500;
    private static final int NOBODYS_SECONDS = 10 * 60;
    private static final int USERS_SECONDS = 12 * 60 * 60;

    /// In the order in which they began.
    private final LinkedHashMap<String, HttpSession> nobodys = new LinkedHashMap<>();
    private final Map<String, HttpSession> users = new HashMap<>();

    /// Ends a user's sessions but one.
    void endOthers(String user, @Nullable String kept) {
        List<HttpSession> others;
        synchronized (this) {
            others = users.entrySet().stream()
                    .filter(session -> !session.getKey().equals(kept) && user.equals(userOf(session.getValue())))
                    .map(Map.Entry::getValue)
                    .toList();
        }
        others.forEach(Sessions::end);
    }

    /// Somebody has logged in.
    @Override
    public synchronized void onAuthentication(
            Authentication login, HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval(USERS_SECONDS);
        nobodys.remove(session.getId());
        users.put(session.getId(), session);
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        session.setMaxInactiveInterval(NOBODYS_SECONDS);
        HttpSession tooMany = null;
        synchronized (this) {
            nobodys.put(session.getId(), session);
            if (nobodys.size() > NOBODYS_LIMIT) {
                tooMany = nobodys.pollFirstEntry().getValue();
            }
        }
        if (tooMany != null) {
            end(tooMany);
        }
    }

    @Override
    public synchronized void sessionDestroyed(HttpSessionEvent event) {
        nobodys.remove(event.getSession().getId());
        users.remove(event.getSession().getId());
    }

    @Override
    public synchronized void sessionIdChanged(HttpSessionEvent event, String oldId) {
        Map<String, HttpSession> kind = users.remove(oldId) == null ? nobodys : users;
        nobodys.remove(oldId);
        kind.put(event.getSession().getId(), event.getSession());
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException endedMeanwhile) {
            // as wanted
        }
    }

    private static @Nullable String userOf(HttpSession session) {
        try {
            Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
            Authentication login = context instanceof SecurityContext security ? security.getAuthentication() : null;
            return login == null ? null : login.getName();
        } catch (IllegalStateException endedMeanwhile) {
            return null;
        }
    }
}
