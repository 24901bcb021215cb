package io.migrator.cli.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options and the bare words among what was said to a command, as picocli takes them: a test holds both against each
 * other. To build picocli's model of a command costs more than all the rest of reading a line, and its classes, compiled for
 * Java 5, can be in no archive of classes.
 */
final class SaidOptions {
    private static final Set<String> TRUE = Set.of("true", "t", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "0");
    private static final Set<String> REPEATED = Set.of("--set", "--target-set");

    private final Map<String, Option> named = new HashMap<>();
    private final Map<Option, List<String>> values = new IdentityHashMap<>();
    private final List<String> positionals = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** @param strange options of other commands among the arguments, so that they can be told from unknown ones */
    SaidOptions(Command command, List<Option> strange, List<String> said) {
        for (List<Option> some : List.of(Option.GLOBAL, command.options(), strange)) {
            some.forEach(option -> option.names().forEach(name -> named.put(name, option)));
        }
        List<String> args = plainSwitches(said);
        boolean ended = false;
        for (int at = 0; at < args.size(); at++) {
            String arg = args.get(at);
            int equals = arg.indexOf('=');
            Option whole = named.get(arg);
            Option begun = equals > 0 ? named.get(arg.substring(0, equals)) : null;
            if (ended) {
                positionals.add(arg);
            } else if (arg.equals("--")) {
                ended = true;
            } else if (whole != null && !whole.takesValue()) {
                take(whole, "");
            } else if (whole != null) {
                boolean more = at + 1 < args.size();
                if (more && !isOption(args.get(at + 1))) {
                    at++;
                    take(whole, args.get(at));
                } else {
                    problems.add("option '%s' needs a value".formatted(longest(whole)));
                    at += more ? untaken(whole) : 0;
                }
            } else if (begun != null && begun.takesValue()) {
                take(begun, arg.substring(equals + 1));
            } else if (begun != null) {
                problems.add("option '%s' should be specified without '%s' parameter"
                        .formatted(longest(begun), arg.substring(equals + 1)));
            } else {
                (arg.startsWith("-") && !isNumber(arg) ? unknown : positionals).add(arg);
            }
        }
    }

    boolean given(String option) {
        Option known = named.get(option);
        return known != null && values.containsKey(known);
    }

    @Nullable
    String text(String option) {
        List<String> all = all(option);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    List<String> all(String option) {
        Option known = named.get(option);
        return known == null ? List.of() : values.getOrDefault(known, List.of());
    }

    List<String> positionals() {
        return positionals;
    }

    /** What begins as an option and is none. */
    List<String> unknown() {
        return unknown;
    }

    List<String> problems() {
        return problems;
    }

    /** milvus-backup takes {@code --switch=true}, which is the switch, and {@code --switch=false}, which is none. */
    private List<String> plainSwitches(List<String> args) {
        List<String> plain = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.startsWith("-") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? "" : arg.substring(equals + 1).toLowerCase(Locale.ROOT);
            boolean on = TRUE.contains(value);
            Option option = on || FALSE.contains(value) ? named.get(name) : null;
            if (option == null || option.takesValue()) {
                plain.add(arg);
            } else if (on) {
                plain.add(name);
            }
        }
        return plain;
    }

    /** What stands in the place of a value goes with it, but where there may be several. */
    private int untaken(Option option) {
        if (REPEATED.contains(option.name())) {
            values.putIfAbsent(option, new ArrayList<>());
            return 0;
        }
        return 1;
    }

    private void take(Option option, String value) {
        List<String> earlier = values.get(option);
        if (earlier == null) {
            values.put(option, new ArrayList<>(List.of(value)));
        } else if (REPEATED.contains(option.name())) {
            earlier.add(value);
        } else {
            problems.add("option '%s' is given twice".formatted(longest(option)));
        }
    }

    private boolean isOption(String arg) {
        int equals = arg.indexOf('=');
        return arg.equals("--")
                || named.containsKey(arg)
                || (arg.length() > 2 && named.containsKey(arg.substring(0, 2)))
                || (equals > 0 && named.containsKey(arg.substring(0, equals)));
    }

    /** A dash alone is no option either. */
    private static boolean isNumber(String arg) {
        if (arg.length() == 1) {
            return true;
        }
        try {
            var unused = Double.parseDouble(arg);
            return true;
        } catch (NumberFormatException e) {
            return isWhole(arg);
        }
    }

    /** Also such as {@code -0x1f}. */
    private static boolean isWhole(String arg) {
        try {
            var unused = Long.decode(arg);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String longest(Option option) {
        String longest = option.name();
        for (String name : option.names()) {
            longest = name.length() > longest.length() ? name : longest;
        }
        return longest;
    }
}
