package dev.slipway.ui.access;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.slipway.db.access.UserStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

/// Vaadin's part of the filter chain.
@Configuration(proxyBeanMethods = false)
class DashboardAccess {
    @Bean
    SecurityFilterChain dashboard(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(requests -> requests.requestMatchers("/ui/**").permitAll());
        http.with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.loginView(LoginView.class));
        return http.build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    UserDetailsService users(UserStore users) {
        return name -> users.find(name)
                .map(user -> User.withUsername(user.name()).password(user.passwordHash()).roles("USER").build())
                .orElseThrow(() -> new UsernameNotFoundException(name));
    }
}
