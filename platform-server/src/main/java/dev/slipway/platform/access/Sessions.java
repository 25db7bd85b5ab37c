package dev.slipway.platform.access;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/// The dashboard's sessions, to end those of a user.
@Component
class Sessions implements HttpSessionListener, HttpSessionIdListener {
    private final Map<String, HttpSession> open = new ConcurrentHashMap<>();

    /// Ends a user's sessions but one.
    void endOthers(String user, @Nullable String kept) {
        open.forEach((id, session) -> {
            if (!id.equals(kept) && user.equals(userOf(session))) {
                session.invalidate();
            }
        });
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

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        open.put(event.getSession().getId(), event.getSession());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        open.remove(event.getSession().getId());
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        open.remove(oldId);
        open.put(event.getSession().getId(), event.getSession());
    }
}
