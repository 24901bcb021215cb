package io.migrator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
            .layer("retention")
            .definedBy("io.migrator.retention..")
            .layer("export")
            .definedBy("io.migrator.export..")
            .layer("vault")
            .definedBy("io.migrator.vault..")
            .layer("coverage")
            .definedBy("io.migrator.coverage..")
            .layer("catalog")
            .definedBy("io.migrator.catalog..")
            .layer("lease")
            .definedBy("io.migrator.lease..")
            .layer("record")
            .definedBy("io.migrator.record..")
            .layer("sink")
            .definedBy("io.migrator.sink..")
            .layer("copy")
            .definedBy("io.migrator.copy..")
            .layer("remote")
            .definedBy("io.migrator.remote..")
            .layer("batch")
            .definedBy("io.migrator.batch..")
            .layer("selection")
            .definedBy("io.migrator.selection..")
            .layer("milvus")
            .definedBy("io.migrator.milvus..")
            .layer("transfer")
            .definedBy("io.migrator.transfer..")
            .layer("store")
            .definedBy("io.migrator.store..")
            .layer("http")
            .definedBy("io.migrator.http..")
            .layer("format")
            .definedBy("io.migrator.format..")
            .layer("config")
            .definedBy("io.migrator.config..")
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
            .mayOnlyBeAccessedByLayers("launch", "restore", "export")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("cli", "backup")
            .whereLayer("retention")
            .mayOnlyBeAccessedByLayers("cli", "launch", "coverage")
            .whereLayer("export")
            .mayOnlyBeAccessedByLayers("launch")
            .whereLayer("vault")
            .mayOnlyBeAccessedByLayers("backup", "restore", "export")
            .whereLayer("coverage")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("sink")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("record")
            .mayOnlyBeAccessedByLayers("cli", "sink")
            .whereLayer("catalog")
            .mayOnlyBeAccessedByLayers("cli", "backup", "restore", "verify", "retention", "coverage", "export", "vault")
            .whereLayer("lease")
            .mayOnlyBeAccessedByLayers(
                    "backup", "restore", "verify", "retention", "export", "vault", "catalog", "record")
            .whereLayer("copy")
            .mayOnlyBeAccessedByLayers("backup", "restore", "export", "vault")
            .whereLayer("remote")
            .mayOnlyBeAccessedByLayers("launch")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers(
                    "cli",
                    "launch",
                    "remote",
                    "backup",
                    "restore",
                    "verify",
                    "retention",
                    "export",
                    "vault",
                    "copy",
                    "lease",
                    "catalog",
                    "record")
            .whereLayer("selection")
            .mayOnlyBeAccessedByLayers("launch", "backup", "restore", "retention", "coverage", "export", "milvus")
            .whereLayer("milvus")
            .mayOnlyBeAccessedByLayers("backup", "restore", "verify", "check", "coverage")
            .whereLayer("transfer")
            .mayOnlyBeAccessedByLayers("backup", "restore", "export", "vault", "copy", "check")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers(
                    "cli",
                    "backup",
                    "restore",
                    "verify",
                    "retention",
                    "coverage",
                    "export",
                    "vault",
                    "catalog",
                    "copy",
                    "check",
                    "lease",
                    "transfer")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("milvus", "store", "check", "sink")
            .whereLayer("format")
            .mayOnlyBeAccessedByLayers(
                    "cli",
                    "launch",
                    "backup",
                    "restore",
                    "verify",
                    "retention",
                    "coverage",
                    "export",
                    "vault",
                    "catalog",
                    "milvus",
                    "check",
                    "copy",
                    "store",
                    "lease",
                    "transfer")
            .because("docs/design.md draws these arrows: jobs at the top, files and servers at the bottom");

    @ArchTest
    static final ArchRule FORMAT_IS_PURE = noClasses()
            .that()
            .resideInAPackage("io.migrator.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "io.milvus..", "io.minio..", "io.migrator.store..", "java.nio.file..")
            .because("what a backup looks like is tested and fuzzed without a server");

    @ArchTest
    static final ArchRule ONLY_MILVUS_USES_THE_SDK_AND_GRPC = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.milvus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.milvus..", "io.grpc..")
            .because(
                    "Milvus' messages change with its releases; there is one way to call it, with its deadlines and repeats");

    @ArchTest
    static final ArchRule ONLY_THE_CHANNEL_KNOWS_ITS_TRANSPORT = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.milvus.rpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.grpc.netty..", "io.grpc.okhttp..")
            .because("the transport is renewed for its faults more often than anything else");

    @ArchTest
    static final ArchRule THE_CHANNEL_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.migrator.milvus.rpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.migrator.milvus",
                    "io.migrator.milvus.calls..",
                    "io.migrator.config..",
                    "io.milvus.v2..",
                    "io.milvus.shaded..")
            .because("it can be given another transport without a look at the rest");

    @ArchTest
    static final ArchRule NOTHING_USES_WHAT_IS_NOT_SHIPPED_OF_THE_SDK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.milvus.shaded..",
                    "io.milvus.v2..",
                    "io.milvus.param..",
                    "io.milvus.common..",
                    "io.milvus.client..")
            .because("it is on the class path of the compiler alone");

    /** Else a run that keeps its state in a folder would load them. */
    @ArchTest
    static final ArchRule ONLY_STATE_IN_POSTGRES_USES_IT = noClasses()
            .that(not(resideInAPackage("io.migrator.launch.postgres..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "com.zaxxer..");

    @ArchTest
    static final ArchRule ONLY_SHARED_WORK_USES_MESSAGES = noClasses()
            .that(not(resideInAPackage("io.migrator.remote..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.integration..",
                    "org.springframework.messaging..",
                    "org.springframework.batch.integration..")
            .because("a run that nobody helps loads none of them");

    @ArchTest
    static final ArchRule ONLY_STORE_USES_STORAGE_SDKS = noClasses()
            .that()
            .resideOutsideOfPackage("io.migrator.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.minio..", "com.azure..", "com.google.cloud..", "com.google.auth..", "com.google.api.client..")
            .because("a client of storage can be given up for another");

    @ArchTest
    static final ArchRule ONLY_STORE_AND_HTTP_USE_OKHTTP = noClasses()
            .that()
            .resideOutsideOfPackages("io.migrator.store..", "io.migrator.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..")
            .because("whoever else asks a server has a client with deadlines for it");

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
            .dependOnClassesThat(resideInAPackage("org.springframework..")
                    .and(not(resideInAPackage("org.springframework.boot.ssl.pem"))))
            .because("commands that run no job start without it, and none of these needs it but to read keys in PEM");

    @ArchTest
    static final ArchRule NO_CIRCLES = slices().matching("io.migrator.(**)")
            .should()
            .beFreeOfCycles()
            .because("a room that is understood alone must not need the one that needs it");

    @ArchTest
    static final ArchRule DRIVERS_DO_NOT_KNOW_EACH_OTHER = slices().matching("io.migrator.store.(s3|azure|gcs|local)..")
            .should()
            .notDependOnEachOther()
            .because("each can be read, changed or dropped alone; what they share is in store.driver");
}
