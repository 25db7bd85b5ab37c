package dev.slipway.ui;

import com.vaadin.flow.spring.annotation.EnableVaadin;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/// Where Vaadin finds the views, and its settings.
@Configuration(proxyBeanMethods = false)
@EnableVaadin("dev.slipway.ui")
@PropertySource("classpath:ui.properties")
class UiConfiguration {}
