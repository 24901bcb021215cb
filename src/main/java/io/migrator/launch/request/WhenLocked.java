package io.migrator.launch.request;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to come of a run that meets another one at the same work.
 *
 * @param fine whether that is as good as done
 * @param patience how long to wait for the other run to end
 */
public record WhenLocked(boolean fine, Duration patience) {
    /** The run fails at once. */
    public static final WhenLocked FAIL = new WhenLocked(false, Duration.ZERO);
    /** What {@link #of} takes. */
    public static final String FORM = "ok, fail or wait:DURATION such as wait:90s, wait:10m or wait:2h";

    private static final WhenLocked OK = new WhenLocked(true, Duration.ZERO);
    private static final Pattern WAIT = Pattern.compile("wait:([1-9][0-9]{0,5})([smh])");

    /** Empty where the text is not of that form. */
    public static Optional<WhenLocked> of(String text) {
        if (text.equals("ok") || text.equals("fail")) {
            return Optional.of(text.equals("ok") ? OK : FAIL);
        }
        Matcher wait = WAIT.matcher(text);
        if (!wait.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(wait.group(1));
        Duration patience =
                switch (wait.group(2).charAt(0)) {
                    case 's' -> Duration.ofSeconds(number);
                    case 'm' -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        return Optional.of(new WhenLocked(false, patience));
    }

    /** Whether a run that is locked is the end of it. */
    public boolean fails() {
        return !fine && patience.isZero();
    }
}
