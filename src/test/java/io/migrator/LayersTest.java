package io.migrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages, as docs/design.md draws them. */
@AnalyzeClasses(packages = "io.migrator", importOptions = LayersTest.MainClasses.class)
class LayersTest {
    /** ArchUnit's own option knows tests in Maven's usual folder only; other releases of Java build into one of their own. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.migrator..")
            .layer("main")
            .definedBy("io.migrator")
            .layer("cli")
            .definedBy("io.migrator.cli..")
            .layer("launch")
            .definedBy("io.migrator.launch..")
            .layer("backup")
            .definedBy("io.migrator.backup..")
            .layer("restore")
            .definedBy("io.migrator.restore..")
            .layer("verify")
            .definedBy("io.migrator.verify..")
            .layer("check")
            .definedBy("io.migrator.check..")
            .layer("catalog")
            .definedBy("io.migrator.catalog..")
            .layer("lease")
            .definedBy("io.migrator.lease..")
            .layer("copy")
            .definedBy("io.migrator.copy..")
            .layer("batch")
            .definedBy("io.migrator.batch..")
            .layer("milvus")
            .definedBy("io.migrator.milvus..")
            .layer("store")
            .definedBy("io.migrator.store..")
            .layer("format")
            .definedBy("io.migrator.format..")
            .layer("config")
            .definedBy("io.migrator.config..")
            .layer("http")
            .definedBy("io.migrator.http..")
            .layer("report")
            .definedBy("io.migrator.report..")
            .layer("failure")
            .definedBy("io.migrator.failure..")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("launch")
            .mayOnlyBeAccessedByLayers("main", "cli")
            .whereLayer("backup")
            .mayOnlyBeAccessedByLayers("launch")
            .whereLayer("restore")
            .mayOnlyBeAccessedByLayers("launch")
            .whereLayer("verify")
            .mayOnlyBeAccessedByLayers("launch", "restore")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("cli", "backup")
            .whereLayer("catalog")
            .mayOnlyBeAccessedByLayers("cli", "backup", "restore", "verify")
            .whereLayer("lease")
            .mayOnlyBeAccessedByLayers("cli", "backup", "restore")
            .whereLayer("copy")
            .mayOnlyBeAccessedByLayers("backup", "restore")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("cli", "launch", "backup", "restore", "verify", "copy", "lease", "catalog")
            .whereLayer("milvus")
            .mayOnlyBeAccessedByLayers("backup", "restore", "verify", "check")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("cli", "backup", "restore", "verify", "catalog", "copy", "check", "lease")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("milvus", "store", "check")
            .whereLayer("format")
            .mayOnlyBeAccessedByLayers(
                    "cli", "backup", "restore", "verify", "catalog", "milvus", "launch", "check", "copy", "store",
                    "lease");

    @ArchTest
    static final ArchRule FORMAT_IS_PURE = noClasses()
            .that()
            .resideInAPackage("io.migrator.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "io.milvus..", "io.minio..", "io.migrator.store..", "java.nio.file..");

    @ArchTest
    static final ArchRule ONLY_MILVUS_USES_THE_SDK = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.milvus..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.milvus..");

    @ArchTest
    static final ArchRule ONLY_MILVUS_USES_GRPC = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.milvus..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule ONLY_THE_CHANNEL_KNOWS_ITS_TRANSPORT = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.milvus.rpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.grpc.netty..", "io.grpc.okhttp..");

    @ArchTest
    static final ArchRule THE_CHANNEL_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.migrator.milvus.rpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.migrator.milvus", "io.migrator.config..", "io.milvus.v2..", "io.milvus.shaded..");

    @ArchTest
    static final ArchRule NOTHING_USES_WHAT_IS_NOT_SHIPPED_OF_THE_SDK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.milvus.shaded..",
                    "io.milvus.v2..",
                    "io.milvus.param..",
                    "io.milvus.common..",
                    "io.milvus.client..");

    @ArchTest
    static final ArchRule ONLY_STORE_USES_STORAGE_SDKS = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.minio..",
                    "com.azure..",
                    "com.google.cloud..",
                    "com.google.auth..",
                    "com.google.api.client..");

    @ArchTest
    static final ArchRule ONLY_STORE_AND_HTTP_USE_OKHTTP = noClasses()
            .that()
            .resideOutsideOfPackages("io.migrator.store..", "io.migrator.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule SPRING_STAYS_IN_THE_JOBS = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.migrator.store..",
                    "io.migrator.milvus..",
                    "io.migrator.catalog..",
                    "io.migrator.check..",
                    "io.migrator.lease..",
                    "io.migrator.config..",
                    "io.migrator.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");
}
