package io.migrator.process;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link MigrationLab} of their JVM; started before the first class that wants it, without what a
 * class leaves in it, stopped at the end. Kept by the session, because a JVM that takes classes from a queue runs each by
 * a plan of its own.
 */
public final class LabExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
        // Here and not when a parameter is wanted: only here a failed assumption skips the class.
        lab(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            lab(context).dropLeft();
        }
    }

    private static MigrationLab lab(ExtensionContext context) {
        return context.getStore(
                        ExtensionContext.StoreScope.LAUNCHER_SESSION,
                        ExtensionContext.Namespace.create(LabExtension.class))
                .computeIfAbsent(SharedLab.class, key -> new SharedLab(), SharedLab.class)
                .open();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MigrationLab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lab(context);
    }
}
