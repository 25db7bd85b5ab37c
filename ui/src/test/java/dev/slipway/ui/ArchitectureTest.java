package dev.slipway.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.ui", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule VIEWS_CALL_FEATURES_NOT_STORES = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.slipway\\.db\\..*(Store|Queue|Database|BuildLog|SeenHeads)")
            .because("the dashboard can do nothing that the API can't: both call the feature services");

    @ArchTest
    static final ArchRule VIEWS_DONT_KNOW_REST = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.platform.api..", "dev.slipway.platform.registry..")
            .because("the dashboard is a sibling of the API, not its client");
}
