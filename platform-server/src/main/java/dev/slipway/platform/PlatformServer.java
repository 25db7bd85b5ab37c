package dev.slipway.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Program 1, the control plane. The dashboard (`dev.slipway.ui`) runs in the same process when it is on the
/// class path.
@SpringBootApplication(scanBasePackages = {"dev.slipway.platform", "dev.slipway.ui"})
@EnableScheduling
public class PlatformServer {
    public static void main(String[] arguments) {
        SpringApplication.run(PlatformServer.class, arguments);
    }
}
