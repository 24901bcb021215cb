package io.migrator.lab;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** A wait that says no time of its own may take a minute: ten seconds, the library's own, are too few on a loaded machine. */
public final class Patience implements LauncherSessionListener {
    /** Made by JUnit, once a JVM. */
    public Patience() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
