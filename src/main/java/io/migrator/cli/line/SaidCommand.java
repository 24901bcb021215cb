package io.migrator.cli.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command that was said. As with milvus-backup, its word may stand anywhere among options.
 *
 * @param args without the word
 * @param before how many words that are none stand before it
 */
record SaidCommand(Command command, List<String> args, int before) {
    static SaidCommand in(CommandTable table, List<String> args) {
        List<Integer> bare = bare(table, args);
        for (int at = 0; at < bare.size(); at++) {
            int first = bare.get(at);
            int second = at + 1 < bare.size() ? bare.get(at + 1) : first;
            Command two = second == first ? null : table.named(args.get(first) + " " + args.get(second));
            Command named = two != null ? two : table.named(args.get(first));
            if (named != null) {
                List<String> rest = new ArrayList<>(args);
                if (two != null) {
                    rest.remove(second);
                }
                rest.remove(first);
                return new SaidCommand(named, rest, at);
            }
        }
        return new SaidCommand(table.program(), args, bare.size());
    }

    /** Where the words stand that are neither options nor their values nor parameters. */
    private static List<Integer> bare(CommandTable table, List<String> args) {
        Map<String, Option> options = table.options(table.program());
        List<Integer> bare = new ArrayList<>();
        boolean ended = false;
        for (int at = 0; at < args.size(); at++) {
            String arg = args.get(at);
            if (!ended && arg.startsWith("-") && arg.length() > 1) {
                ended = arg.equals("--");
                Option option = options.get(arg);
                boolean value = option != null && option.takesValue();
                at += value && at + 1 < args.size() && !options.containsKey(args.get(at + 1)) ? 1 : 0;
            } else if (arg.indexOf('=') <= 0) {
                bare.add(at);
            }
        }
        return bare;
    }
}
