package io.migrator.store.s3.role;

import io.migrator.store.token.TokenCalls;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cloud's role of a Kubernetes service account where a variable names its token file, else that of the machine. */
abstract class PodOrMachineRole extends ExpiringCredentials {
    final String endpoint;
    final UnaryOperator<@Nullable String> environment;
    final TokenCalls calls;
    private final String tokenFile;

    /**
     * @param tokenFile name of the variable
     * @param endpoint in place of the cloud's own, may be empty
     */
    PodOrMachineRole(String tokenFile, String endpoint, UnaryOperator<@Nullable String> environment, TokenCalls calls) {
        this.tokenFile = tokenFile;
        this.endpoint = endpoint;
        this.environment = environment;
        this.calls = calls;
    }

    @Override
    final Issued issue() {
        String file = environment.apply(tokenFile);
        return file == null || file.isEmpty() ? ofMachine() : ofServiceAccount(file);
    }

    abstract Issued ofServiceAccount(String file);

    abstract Issued ofMachine();
}
