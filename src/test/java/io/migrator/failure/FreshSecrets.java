package io.migrator.failure;

import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Has each test class begin with the secrets of a new process, none: each line that is said, and each trace that a job keeps,
 * would else be held against those of all classes before.
 */
public final class FreshSecrets implements TestExecutionListener {
    /** Made by JUnit, once a class or once a JVM. */
    public FreshSecrets() {}

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isContainer()
                && test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
            KnownSecrets.ofThisProcess().forget();
        }
    }
}
