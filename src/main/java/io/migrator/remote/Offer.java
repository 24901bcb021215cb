package io.migrator.remote;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run that asks others for help: what they must know to work as it would.
 *
 * @param schema of the run's tables
 * @param epoch number of its ownership, see {@code launch.postgres.RunLock}
 * @param job what it is a run of, as the command line says it
 * @param name of the backup that it is about
 * @param identity digest of the work
 * @param version of the program; no other takes its partitions
 * @param places where its bytes come from and go to; whoever has others takes none
 * @param parameters all of the job, defaults filled in; none is a secret
 * @param given names of those that were asked for
 */
public record Offer(
        String schema,
        long epoch,
        String job,
        String name,
        String identity,
        String version,
        String places,
        Map<String, String> parameters,
        Set<String> given) {
    /** Parameters as one text. */
    static String text(Map<String, String> map) {
        Properties properties = new Properties();
        properties.putAll(map);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The reverse of {@link #text}. */
    static Map<String, String> map(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
