package io.migrator.process;

import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Stops the shared lab once the classes that want it are over, for its servers cost processor time while nobody asks them
 * anything. The build runs classes from the end of the alphabet; in another order the lab is started anew.
 */
public final class LabBreak implements TestExecutionListener {
    /** The first class by the alphabet that wants it, so the last that is run. */
    private static final String LAST = "io.migrator.milvus.MilvusTargetIT";

    /** Made by JUnit, once a class or once a JVM. */
    public LabBreak() {}

    @Override
    public void executionStarted(TestIdentifier test) {
        test.getSource()
                .filter(ClassSource.class::isInstance)
                .map(ClassSource.class::cast)
                .filter(source -> source.getClassName().compareTo(LAST) < 0)
                .ifPresent(source -> SharedLab.stop());
    }
}
