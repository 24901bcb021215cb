package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
final class TwoAtOnceIT {
    private final MigrationLab lab;

    TwoAtOnceIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void refusesASecondRunOfTheSameWorkAndSaysWhoHasIt() throws UnknownHostException {
        lab.parts();
        Desk desk = lab.deskA();
        String[] words = {"--job=backup", "collection=parts", "name=two_at_once"};
        // A minute of copies, which nobody waits for.
        String[] slowly = Stream.concat(Stream.of(words), Stream.of("max-requests-per-second=1"))
                .toArray(String[]::new);
        String host = InetAddress.getLocalHost().getHostName();
        try (MigratorProcess first = desk.start(slowly)) {
            assertThat(first.awaitUnlessEnded(
                            "its marker",
                            () -> lab.vault().count("backup/two_at_once/migrator/incomplete.json") == 1,
                            Duration.ofMillis(20)))
                    .isTrue();

            Outcome sameState = desk.runHere(words);
            Outcome otherState = desk.withState("other-state").runHere(words);

            assertThat(sameState).returns(11, Outcome::exitCode);
            assertThat(sameState.errors()).contains("pid " + first.pid() + " on " + host + " since 20");
            assertThat(otherState).returns(11, Outcome::exitCode);
            assertThat(otherState.errors())
                    .contains("in use by a backup run on " + host + " (pid " + first.pid() + ") since 20");
            first.terminate();
            assertThat(first.end()).as("it was at work all the time").returns(4, Outcome::exitCode);
        }
        assertThat(desk.runHere(words)).returns(0, Outcome::exitCode);
        lab.requireWhole("two_at_once");
    }
}
