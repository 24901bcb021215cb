package io.migrator.store.driver;

import io.migrator.config.SecondsProperty;
import java.time.Duration;

/**
 * How long a server may take. What belongs to one request counts together, also where its bytes come one by one.
 *
 * @param answer for all of an answer but the content of an object; of that, for each further {@link SteadyStream#LEAST} bytes
 * @param copy for the answer to a copy, which comes when all bytes are written: 5 GiB at 10 MiB/s take over 8 minutes
 */
public record Deadlines(Duration answer, Duration copy) {
    private static final SecondsProperty ANSWER =
            new SecondsProperty("migrator.store.answerSeconds", Duration.ofSeconds(60));
    private static final SecondsProperty COPY =
            new SecondsProperty("migrator.store.copySeconds", Duration.ofMinutes(15));

    /** What holds for this process; USAGE where a property is no such number. */
    public static Deadlines usual() {
        return new Deadlines(ANSWER.value(), COPY.value());
    }
}
